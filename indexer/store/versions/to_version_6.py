"""From version 5 to 6: what more may be seen in a content is known."""

import apsw

_CHANGES = """
ALTER TABLE content ADD COLUMN complete INTEGER NOT NULL DEFAULT 1 CHECK (complete IN (0, 1));
CREATE INDEX content_incomplete ON content (kind) WHERE complete = 0;
CREATE INDEX segment_part ON segment (content_id) WHERE box IS NOT NULL;
"""

# Whether parts were looked for, or LibreOffice was there, is not known: where there are none, that is tried
_PICTURES = """
UPDATE content SET complete = 0 WHERE kind IN ('photo', 'screenshot')
    AND (width * height >= 1200000
        OR (width * height >= 400000 AND max(width, height) >= 2.5 * min(width, height)))
    AND NOT EXISTS (SELECT 1 FROM segment WHERE content_id = content.id AND box IS NOT NULL);
"""
_DOCUMENTS = """
UPDATE content SET complete = 0 WHERE kind = 'document'
    AND EXISTS (SELECT 1 FROM file WHERE content_id = content.id AND extension IN (
        'docx', 'docm', 'dotx', 'dotm', 'odt', 'ott', 'odm', 'rtf',
        'odp', 'otp', 'pot', 'potm', 'potx', 'pps', 'ppsm', 'ppsx', 'ppt', 'pptm', 'pptx',
        'ods', 'ots', 'xls', 'xlsb', 'xlsm', 'xlsx', 'xlt', 'xltm', 'xltx'))
    AND NOT EXISTS (SELECT 1 FROM segment WHERE content_id = content.id AND type = 'page');
"""


def step(connection: apsw.Connection) -> None:
    """Large pictures without parts, and Office documents without pages, are looked at once more."""
    connection.execute(_CHANGES + _PICTURES + _DOCUMENTS)
