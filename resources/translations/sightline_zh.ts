<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh" sourcelanguage="en">
 <context>
  <name>Sightline</name>
  <message>
   <source> kB</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source> pixels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 copy of this file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 file comes in.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 file leaves the index: {names}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 file left out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 file to go</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 file understood</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 file was copied to {to}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 file, still found</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 file, understood</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 problem</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 result</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 that looks the same</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>5 stars</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A filter is not understood</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A folder with all files of a Qwen3-VL embedding model.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A model that is on this computer already…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A part of the picture matches</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>About this result</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add Ctrl or Alt: this key alone is needed for typing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add a folder…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add another folder…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add words, for example: but at night</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>After 10 minutes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>After 5 minutes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>After an hour</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All files by name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All keys as they were</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All of {year}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Always</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>An embedder finds, a reranker looks at the best again. Larger ones understand more and are slower.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Another folder…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Another language is spoken from the next start on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Another program is fetching it: waiting…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Another program…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Any</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Any date</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Any folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Any length</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Any rating</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Any size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Appearance</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Apple graphics</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Apply</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As large as fits (0), or every pixel (1)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask me</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Asking for the list of files…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Balanced</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Best match</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Better order available</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>By</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>By month</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>By name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Camera</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cancel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cancel the download of {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checking what arrived…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose a result to see it here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose another</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose at most {n} files to open at once.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Clear the search</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Click a field and press the keys you want.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Click to stop or go on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close (Space)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Closely</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Closely takes several times as long. The built-in models always look alike.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Connections</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Connections to other computers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Contact sheet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Contact sheet…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Continue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy into which folder?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy path</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy to a folder…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copying to {name}…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Could not be read ({n})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Counts double</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Counts half</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Dark</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Date</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Delete</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Details</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Dimensions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Dismiss this message</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Document</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Documents</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Done.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Double-click to edit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Download</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Download files that are only in the cloud</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Download {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drag a box around what you are looking for. Enter takes all of it, Esc none.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drop to make this folder searchable</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drop to search by this picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drop to search for these words</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Enter changes how much it counts, Delete removes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Enter edits, Delete removes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Enter opens  ·  Ctrl+Enter shows in folder  ·  Ctrl+C copies  ·  Tab opens the window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every connection is refused, so no model can be downloaded. Your files never leave this computer, with or without this.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Exact words: {text}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>File type</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Files left out are forgotten; they themselves stay as they are.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Files with problems</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Filter: {text}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Find anything you have ever seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Find similar</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Finds small things in them. New pictures take about half as long again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Folders</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Folders and progress</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Folders and progress…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Folders…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>For an hour</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>For example 22:00-07:00. Empty: always.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Forget all of these</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Forget until it changes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Frames of this moment</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Free the memory of unused models</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From … to …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>General</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go on while it is fetched</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Grid</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>High contrast</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How closely files are looked at</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>In use</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It can only keep running where the desktop has a place for its icon.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It then keeps its index up to date, and its icon beside the clock opens it at once. You can change this in the settings.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its name has the words you typed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its text has the words you typed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its text is on the clipboard.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keep Sightline running in the background?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keep running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keys in the window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Kind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Language</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Large view</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Larger (+)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Largest files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Largest first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last month</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last week</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last year</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave out files smaller than</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave out of the index</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave out pictures with a side shorter than</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left out ({n})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left out one by one:</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left out, one pattern a line</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left out, one pattern a line, as in a .gitignore file:</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Length</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Length of video</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lens</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Less like this</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Less like: {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Less than {size}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Light</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Like the desktop</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Like: {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>List</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Loading the models…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look at it large</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look at parts of large pictures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look for small things in large pictures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look into hidden files and folders</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look into what tools for developers make</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Looking through your folders</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Looking through your folders…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Looking what that changes…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make the files in “{name}” searchable?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Making the contact sheet…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Matching moments: {times}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Measuring this computer…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Menu</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Models</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Models…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>More</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>More filters</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>More like this</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>More than this computer has: it may be very slow, or fail.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>More than {size}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>More to do with it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>NVIDIA graphics card</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Names and the text of documents are found. Choose a model later in the settings.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Names can be searched from now on. To find files by what they show, Sightline needs a model that runs on this computer. It is fetched once; your files stay here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Never</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Newer files available</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Newest files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Newest first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next page</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No files yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No folders are chosen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No folders yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No pictures, videos or documents were found in your folders.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No text was found in it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>None for now: search names and words</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>None. Sightline has never opened a connection to another computer.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing here matches that.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing here matches the picture with “{text}”</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing here matches this picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing here matches “{text}”</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is known about this</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing of this kind yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Oldest files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Oldest first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On this computer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One connection was made, for what you asked for:</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One file is still waiting to be understood. It may turn up in a moment.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only documents</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only photos</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only screenshots</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only show {kind}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only the first {n} became examples.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only the first {n} characters are searched for.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only this was searched: {kinds}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only videos</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open Sightline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open with…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open {name} with which program?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Order before the second look</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Order of the results</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Order of the results: {order}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Others</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Otherwise games, films and talks have the computer to themselves.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Otherwise new files wait until the computer is plugged in. Searching always works.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Over 10 minutes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Over a minute</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Over an hour</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Page before</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Page {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Page {n} of {m}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pages</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pages that match</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Part of the screen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Part of {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Parts with much detail are looked at on their own: more is found, and it takes longer.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Paste into the search</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pasted picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pause</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pause for an hour</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pause indexing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pause {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Paused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Paused until {time}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Performance</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Photo</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Photos</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pictures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Place</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Possible</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Possible match</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Possible matches</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Privacy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Problems</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Problems…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Processor</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Progress of {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Quickly</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Quit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rating</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Read the words in pictures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recommended for this computer.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Removing a folder makes Sightline forget it. The files themselves stay as they are.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Results</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Resume</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Resume indexing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Resume {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save the contact sheet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save this search</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save this search…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saved</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saved · {n} new</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Screenshot</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Screenshots</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Screenshots, scans and photos of signs, when there is nothing else to do.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search by a part of the screen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search by a part of the screen from every program</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search by a part of the screen…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search by a part: draw a box around it (B)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search by a picture…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search by which picture?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search from every program</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search in which folder?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search the settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search these days</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search with Sightline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search your pictures, videos and documents</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Searching…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sections</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Settings…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show all copies</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show every kind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show in folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show weaker matches</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show weaker matches: 1 file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show weaker matches: {n} files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show what looks the same</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show which files, and why</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show {name} in its folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sightline finds the fastest by itself.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sightline has forgotten this file. It comes back when it changes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sightline has forgotten {n} files. They come back when they change.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sightline looks through your pictures, videos and documents, so that you can find them by what they show. Everything stays on this computer, and your files are never changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sightline only looks where you tell it to.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sightline then keeps its index up to date without its window.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Smaller (−)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Something went wrong in the engine. The log says more.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Start with the desktop</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Starting…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stay offline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stopped. What has arrived is kept.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Strong</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Strong match</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Strong matches</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Suggestions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take away “{filter}”</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take back {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Taken</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Tell me how many new files match</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Text of the document</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>That changes nothing now.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>That picture could not be taken over. Save it and drop the file here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The best there is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The contact sheet could not be written: {why}. Choose another place.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The contact sheet is in {file}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The contact sheet was not made, because you stopped it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The desktop did not let Sightline see the screen.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The disk has no room for it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine could not be started. Please install Sightline again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine is not running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine keeps stopping. Your files and what was found are safe.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine refused to start. The log says why.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine stopped and is being started again…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine stopped before it could answer. Please try again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine was started anew. Please try again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The files cannot be shown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The first files appear here in a moment. You can already search for names.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The folders, how far each is, and what could not be read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The list of programs that start with the desktop cannot be changed: {reason}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The picture is on the clipboard.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The screen cannot be seen from here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The search is not running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The window and its engine are of different versions. Please install Sightline again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no file manager on this computer to show {name}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no other copy of {name}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no picture in it to copy.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no program on this computer to open {name}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no such setting.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is nothing here yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>These files are found by name only. Everything else went on without them.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>These files, or parts of them, were left out: unknown formats, very long or damaged files.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>These keys already mean “{name}”.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>These keys work everywhere. The command {command} does the same.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>They are loaded again, in some seconds, when they are needed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This desktop does not let programs see the screen. Take a screenshot with its own tool and paste it here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This desktop gives programs no keys of their own. Open its keyboard settings and bind a key to the command {command}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This file is left out from now on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This month</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This year</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Title</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>To</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Today</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Too large for this computer, which has {size} for models.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Try</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Try again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Try all again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Try fewer or other words, say what the picture shows, or search by a picture.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Try: {text}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Under 10 seconds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Under a minute</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Undo</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Until I resume</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Until tomorrow</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Use</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Use everything now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Use {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Usual keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Video</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Videos</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Waits for nothing until all is done: the computer may be slow meanwhile</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Weak</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Weak match</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Weak matches</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What is left out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What it shows fits your search</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What should understand your files?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What understands your files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>When the window is closed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where Sightline looks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where models run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where should it look?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Which folder holds the model?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Which folder should Sightline look at?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Without “{filter}”: 1 file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Without “{filter}”: {n} files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Without: {text}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Work on battery</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Work only at these hours</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Work while a program fills the screen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Year or month</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Yesterday</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>about a minute</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>about {n} hours</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>about {n} minutes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>as they stood before the second look</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>before a day, month or year</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>camera or lens</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ending of the file, such as jpg</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it is no longer there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>last seen {date}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>length of a video, such as &lt;1m</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>licence {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>looking closer…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>macOS does not let Sightline see the screen yet. Allow it in the System Settings, under Privacy &amp; Security, Screen Recording, then start Sightline again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>more than {counts}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>needs {size} of memory</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on a day, in a month, in a year</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on this computer already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>order of the results</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>p. {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>photo, screenshot, video or document</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>since a day, month or year</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>size, such as &gt;5MB</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stars, at least</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>that is not allowed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the disk is full.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the words of 1 picture to be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the words of {n} pictures to be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>where it was taken</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{done} of {all}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{done} of {all} files understood</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{keys} cannot be used, perhaps another program has it. Choose other keys, or bind the command {command} to a key in the settings of your desktop.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{month} {year}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} could not be started.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} could not be: {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} is no longer there. It was moved, renamed or deleted.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} GB</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} by name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} connections were made, for what you asked for:</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} copies of this file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} files a minute</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} files a second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} files are left out from now on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} files are still waiting to be understood. Some of them may turn up later.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} files chosen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} files come in.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} files leave the index, for example {names}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} files left out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} files to go</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} files understood</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} files were copied to {to}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} files, all understood</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} files, still found</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} new</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} of {m}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} of {m} files were copied, then you stopped it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} of {m} files were copied.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} or more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} problems</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} results</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} seen once</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} stars or more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} that look the same</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} understood</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{size} a second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{size} free on the disk</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{size} of memory for models</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{size} to fetch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{time} left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>“{name}” is not connected</source>
   <translation type="unfinished" />
  </message>
 </context>
</TS>
