"""Pictures: upright, in sRGB, and of the size that the models look at.

    images.py                 a picture: colours.py (any mode and profile to sRGB), high_range.py (HDR to
                              SDR), sequences.py (pages and moments in one file), screenshots.py (the score)
    raw.py, drawings.py       a camera's raw data; SVG
    layered.py, wide_tiff.py  what Pillow does not read: most PSD, PSB; TIFF of floats, masked CMYK
    by_ffmpeg.py              and what FFmpeg reads of the rest
    regions.py                parts of large, detailed pictures
    raster.py                 sizes and JPEGs
    ocr.py, ocr_vision.py     words read off pixels; legibility.py says where that is worth trying

Why resvg draws SVG, with both sides given: it knows no scripts and no network, and one side alone made it
take gigabytes for a drawing that claims to be a line. References to other files are taken out before.

Why parts are chosen by what is lost, and not on a grid: a model sees a fixed number of pixels. Five parts on
a grid, whatever they show, found about as much in the drawn world as two or three that lie where the detail
does. At most three, each at a quarter of the pixels of the whole, and none where nothing is lost: in the 14
natural pictures at hand 2.4 each, which is 60 % more tokens in all and a little less time. A panorama and a
whole page on one screenshot are rare and always cut, along their length. Parts are cut from the picture as it
is decoded for the whole (10 ms), and previews show the whole, so the cache costs nothing more. In the drawn
world (`python -m tests.benchmarks.regions`; 48 pictures of 4 or 9 times the area of a scene pasted into them,
onto an empty landscape or one with large things in it), recall@1 of the pasted scene by its caption and by
what somebody cut out around it, of the picture by any cut-out and by its own caption, and nonsense taken
for possible before the reranker sees it:

                         scene by text   its cut-out   any cut-out   whole by text   nonsense   parts
    empty, 4   whole     0.10            0.17          0.44          1.00            0.33
               parts     0.52            0.58          0.54          0.88            0.55       2.1
    empty, 9   whole     0.04            0.10          0.23          1.00            0.16
               parts     0.48            0.46          0.23          0.98            0.37       1.6
    busy, 4    whole     0.06            0.06          0.35          0.56            0.21
               parts     0.27            0.38          0.42          0.44            0.61       2.8
    busy, 9    whole     0.04            0.10          0.31          0.88            0.16
               parts     0.10            0.21          0.48          0.83            0.60       2.8

Why long pictures are read in their stretches: reduced to what the models see, the print of a whole page on
one screenshot is a few pixels high. Stretches are cut from 14 megapixels, read one by one, and what stands
where two overlap is taken from the one that has it further inside.

Why a part must be nearer by 0.05 than a whole: without that, in the first of these, parts of other landscapes
took the place of 60 % of those asked for as a whole, with 0.06 of none.

Why words are read off pixels later, and by decoding once more: it takes seconds per picture where the
rest takes a tenth, so everything is found by what it shows before anything is found by its letters. What
is read is what the models look at (at most 1.8 megapixels): one size for both, and any format that yields
pictures can be read without knowing of it.

Why RapidOCR: of the engines with their models inside the wheel it reads most (0.96 of the words of a
rendered 1080p screen in four fonts of 10 to 24 pixels, dark as well as light; 1.00 of a Chinese and
Japanese page; the older rapidocr-onnxruntime 0.85, Tesseract 0.87 and 0.43). Its character set has no
Cyrillic, so such lines come back empty; macOS' own engine reads them. Letters taken for digits are its
commonest mistake, so codes are indexed once more with the digits they look like.
"""
