<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>Sightline</name>
  <message>
   <source> kB</source>
   <translation> kB</translation>
  </message>
  <message>
   <source> pixels</source>
   <translation> Pixel</translation>
  </message>
  <message>
   <source>1 copy of this file</source>
   <translation>1 Kopie dieser Datei</translation>
  </message>
  <message>
   <source>1 document</source>
   <translation>1 Dokument</translation>
  </message>
  <message>
   <source>1 file</source>
   <translation>1 Datei</translation>
  </message>
  <message>
   <source>1 file comes in.</source>
   <translation>1 Datei kommt hinzu.</translation>
  </message>
  <message>
   <source>1 file leaves the index: {names}.</source>
   <translation>1 Datei verlässt den Index: {names}.</translation>
  </message>
  <message>
   <source>1 file left out</source>
   <translation>1 Datei ausgelassen</translation>
  </message>
  <message>
   <source>1 file to be looked at once more</source>
   <translation>1 Datei wird noch einmal angesehen</translation>
  </message>
  <message>
   <source>1 file to go</source>
   <translation>noch 1 Datei</translation>
  </message>
  <message>
   <source>1 file understood</source>
   <translation>1 Datei verstanden</translation>
  </message>
  <message>
   <source>1 file was copied to {to}.</source>
   <translation>1 Datei wurde nach {to} kopiert.</translation>
  </message>
  <message>
   <source>1 file, still found</source>
   <translation>1 Datei, weiterhin auffindbar</translation>
  </message>
  <message>
   <source>1 file, understood</source>
   <translation>1 Datei, verstanden</translation>
  </message>
  <message>
   <source>1 photo</source>
   <translation>1 Foto</translation>
  </message>
  <message>
   <source>1 problem</source>
   <translation>1 Problem</translation>
  </message>
  <message>
   <source>1 result</source>
   <translation>1 Ergebnis</translation>
  </message>
  <message>
   <source>1 screenshot</source>
   <translation>1 Bildschirmfoto</translation>
  </message>
  <message>
   <source>1 that looks the same</source>
   <translation>1, die gleich aussieht</translation>
  </message>
  <message>
   <source>1 video</source>
   <translation>1 Video</translation>
  </message>
  <message>
   <source>5 stars</source>
   <translation>5 Sterne</translation>
  </message>
  <message>
   <source>A closer look at it ended badly, so a quick look has to do: it is found a little less surely.</source>
   <translation>Ein genauerer Blick darauf ist misslungen, darum bleibt es bei einem flüchtigen: Die Datei wird etwas weniger sicher gefunden.</translation>
  </message>
  <message>
   <source>A filter is not understood</source>
   <translation>Ein Filter ist unverständlich</translation>
  </message>
  <message>
   <source>A folder with all files of a Qwen3-VL embedding model.</source>
   <translation>Ein Ordner mit allen Dateien eines Qwen3-VL-Embedding-Modells.</translation>
  </message>
  <message>
   <source>A model that is on this computer already…</source>
   <translation>Ein Modell, das schon auf diesem Computer ist …</translation>
  </message>
  <message>
   <source>A part of the picture matches</source>
   <translation>Ein Teil des Bildes passt</translation>
  </message>
  <message>
   <source>A picture must be a non-empty uint8 array of height x width x 3.</source>
   <translation>Ein Bild muss ein nicht leeres uint8-Feld aus Höhe x Breite x 3 sein.</translation>
  </message>
  <message>
   <source>A picture of {width} x {height} pixels is too narrow: one side is over 200 times the other.</source>
   <translation>Ein Bild von {width} x {height} Pixeln ist zu schmal: Eine Seite ist über 200-mal so lang wie die andere.</translation>
  </message>
  <message>
   <source>A program fills the screen; indexing goes on when it no longer does.</source>
   <translation>Ein Programm füllt den Bildschirm; das Indexieren geht weiter, sobald es das nicht mehr tut.</translation>
  </message>
  <message>
   <source>A quarter</source>
   <translation>Ein Viertel</translation>
  </message>
  <message>
   <source>A search can have {n} pictures; the others were left out.</source>
   <translation>Eine Suche kann {n} Bilder haben; die übrigen wurden weggelassen.</translation>
  </message>
  <message>
   <source>About half</source>
   <translation>Etwa die Hälfte</translation>
  </message>
  <message>
   <source>About this result</source>
   <translation>Über dieses Ergebnis</translation>
  </message>
  <message>
   <source>Add Ctrl or Alt: this key alone is needed for typing.</source>
   <translation>Strg oder Alt dazunehmen: Diese Taste allein wird zum Schreiben gebraucht.</translation>
  </message>
  <message>
   <source>Add a folder…</source>
   <translation>Ordner hinzufügen …</translation>
  </message>
  <message>
   <source>Add another folder…</source>
   <translation>Weiteren Ordner hinzufügen …</translation>
  </message>
  <message>
   <source>Add folder</source>
   <translation>Ordner hinzufügen</translation>
  </message>
  <message>
   <source>Add folders</source>
   <translation>Ordner hinzufügen</translation>
  </message>
  <message>
   <source>Add words, for example: but at night</source>
   <translation>Wörter dazuschreiben, zum Beispiel: aber bei Nacht</translation>
  </message>
  <message>
   <source>Adding it up…</source>
   <translation>Es wird zusammengezählt …</translation>
  </message>
  <message>
   <source>After 10 minutes</source>
   <translation>Nach 10 Minuten</translation>
  </message>
  <message>
   <source>After 5 minutes</source>
   <translation>Nach 5 Minuten</translation>
  </message>
  <message>
   <source>After an hour</source>
   <translation>Nach einer Stunde</translation>
  </message>
  <message>
   <source>All files</source>
   <translation>Alle Dateien</translation>
  </message>
  <message>
   <source>All files by name</source>
   <translation>Alle Dateien nach Namen</translation>
  </message>
  <message>
   <source>All of {year}</source>
   <translation>Ganz {year}</translation>
  </message>
  <message>
   <source>All they need</source>
   <translation>Was sie brauchen</translation>
  </message>
  <message>
   <source>Always</source>
   <translation>Immer</translation>
  </message>
  <message>
   <source>An embedder finds, a reranker looks at the best again. Larger ones understand more and are slower.</source>
   <translation>Ein Embedder findet, ein Reranker sieht sich das Beste noch einmal an. Größere verstehen mehr und sind langsamer.</translation>
  </message>
  <message>
   <source>Another folder…</source>
   <translation>Anderer Ordner …</translation>
  </message>
  <message>
   <source>Another model is being fetched: wait for it, or stop it first.</source>
   <translation>Ein anderes Modell wird gerade heruntergeladen: Warten Sie darauf, oder halten Sie es zuerst an.</translation>
  </message>
  <message>
   <source>Another program is fetching it: waiting…</source>
   <translation>Ein anderes Programm lädt es gerade herunter: Es wird gewartet …</translation>
  </message>
  <message>
   <source>Another program is fetching {name}; stop that first.</source>
   <translation>Ein anderes Programm lädt gerade {name} herunter; halten Sie es zuerst an.</translation>
  </message>
  <message>
   <source>Another program is using the graphics card; indexing goes on when it is free.</source>
   <translation>Ein anderes Programm nutzt die Grafikkarte; das Indexieren geht weiter, sobald sie frei ist.</translation>
  </message>
  <message>
   <source>Another program keeps it to itself now; it is read as soon as that is over.</source>
   <translation>Ein anderes Programm gibt sie gerade nicht frei; sie wird gelesen, sobald das vorbei ist.</translation>
  </message>
  <message>
   <source>Another program keeps the index {path} locked: close it and try again.</source>
   <translation>Ein anderes Programm hält den Index {path} gesperrt: Schließen Sie es, und versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>Another program…</source>
   <translation>Anderes Programm …</translation>
  </message>
  <message>
   <source>Any</source>
   <translation>Beliebig</translation>
  </message>
  <message>
   <source>Any date</source>
   <translation>Jedes Datum</translation>
  </message>
  <message>
   <source>Any folder</source>
   <translation>Jeder Ordner</translation>
  </message>
  <message>
   <source>Any length</source>
   <translation>Jede Länge</translation>
  </message>
  <message>
   <source>Any rating</source>
   <translation>Jede Bewertung</translation>
  </message>
  <message>
   <source>Any size</source>
   <translation>Jede Größe</translation>
  </message>
  <message>
   <source>Appearance</source>
   <translation>Aussehen</translation>
  </message>
  <message>
   <source>Apple graphics</source>
   <translation>Apple-Grafik</translation>
  </message>
  <message>
   <source>Apply</source>
   <translation>Anwenden</translation>
  </message>
  <message>
   <source>As large as fits (0), or every pixel (1)</source>
   <translation>So groß wie möglich (0) oder jedes Pixel (1)</translation>
  </message>
  <message>
   <source>As little as possible</source>
   <translation>So wenig wie möglich</translation>
  </message>
  <message>
   <source>Ask me</source>
   <translation>Nachfragen</translation>
  </message>
  <message>
   <source>Asking for the list of files…</source>
   <translation>Die Liste der Dateien wird abgefragt …</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Back to the usual keys</source>
   <translation>Zurück zu den üblichen Tasten</translation>
  </message>
  <message>
   <source>Balanced</source>
   <translation>Ausgewogen</translation>
  </message>
  <message>
   <source>Best match</source>
   <translation>Beste zuerst</translation>
  </message>
  <message>
   <source>Better order available</source>
   <translation>Bessere Reihenfolge verfügbar</translation>
  </message>
  <message>
   <source>Built in as well: looks at the best drawn scenes again, not at real photos.</source>
   <translation>Ebenfalls eingebaut: sieht die besten gezeichneten Szenen noch einmal an, keine echten Fotos.</translation>
  </message>
  <message>
   <source>Built in, for trying Sightline out: understands drawn scenes, not real photos.</source>
   <translation>Eingebaut, um Sightline auszuprobieren: versteht gezeichnete Szenen, keine echten Fotos.</translation>
  </message>
  <message>
   <source>By</source>
   <translation>Von</translation>
  </message>
  <message>
   <source>By month</source>
   <translation>Nach Monaten</translation>
  </message>
  <message>
   <source>By name</source>
   <translation>Nach Namen</translation>
  </message>
  <message>
   <source>Camera</source>
   <translation>Kamera</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Cancel the download of {name}</source>
   <translation>Herunterladen von {name} abbrechen</translation>
  </message>
  <message>
   <source>Cannot read the settings in {path}: {error}. Correct or delete it.</source>
   <translation>Die Einstellungen in {path} sind nicht lesbar: {error}. Berichtigen oder löschen Sie die Datei.</translation>
  </message>
  <message>
   <source>Cannot write the settings to {path}: {strerror}.</source>
   <translation>Die Einstellungen können nicht nach {path} geschrieben werden: {strerror}.</translation>
  </message>
  <message>
   <source>Cannot write to {data}: {strerror}. Make it writable or choose another --data-dir.</source>
   <translation>In {data} kann nicht geschrieben werden: {strerror}. Erlauben Sie es, oder wählen Sie ein anderes --data-dir.</translation>
  </message>
  <message>
   <source>Cannot write to {parent}: {strerror}. Choose another --data-dir.</source>
   <translation>In {parent} kann nicht geschrieben werden: {strerror}. Wählen Sie ein anderes --data-dir.</translation>
  </message>
  <message>
   <source>Cannot write {file}: {strerror}.</source>
   <translation>{file} kann nicht geschrieben werden: {strerror}.</translation>
  </message>
  <message>
   <source>Changed</source>
   <translation>Geändert</translation>
  </message>
  <message>
   <source>Checking what arrived…</source>
   <translation>Das Heruntergeladene wird geprüft …</translation>
  </message>
  <message>
   <source>Choose a result to see it here</source>
   <translation>Ein Ergebnis wählen, um es hier zu sehen</translation>
  </message>
  <message>
   <source>Choose another</source>
   <translation>Anderes wählen</translation>
  </message>
  <message>
   <source>Choose at most {n} files to open at once.</source>
   <translation>Höchstens {n} Dateien auf einmal öffnen.</translation>
  </message>
  <message>
   <source>Choose models…</source>
   <translation>Modelle wählen …</translation>
  </message>
  <message>
   <source>Clear the search</source>
   <translation>Suche leeren</translation>
  </message>
  <message>
   <source>Click a field and press the keys you want.</source>
   <translation>In ein Feld klicken und die gewünschten Tasten drücken.</translation>
  </message>
  <message>
   <source>Click to stop or go on</source>
   <translation>Klicken zum Anhalten oder Weiterspielen</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Close (Space)</source>
   <translation>Schließen (Leertaste)</translation>
  </message>
  <message>
   <source>Closely</source>
   <translation>Genau</translation>
  </message>
  <message>
   <source>Closely takes several times as long. The built-in models always look alike.</source>
   <translation>„Genau“ dauert um ein Mehrfaches länger. Die eingebauten Modelle sehen immer gleich hin.</translation>
  </message>
  <message>
   <source>Connections</source>
   <translation>Verbindungen</translation>
  </message>
  <message>
   <source>Connections to other computers</source>
   <translation>Verbindungen zu anderen Computern</translation>
  </message>
  <message>
   <source>Contact sheet</source>
   <translation>Kontaktbogen</translation>
  </message>
  <message>
   <source>Contact sheet…</source>
   <translation>Kontaktbogen …</translation>
  </message>
  <message>
   <source>Continue</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Copy into which folder?</source>
   <translation>In welchen Ordner kopieren?</translation>
  </message>
  <message>
   <source>Copy path</source>
   <translation>Pfad kopieren</translation>
  </message>
  <message>
   <source>Copy picture</source>
   <translation>Bild kopieren</translation>
  </message>
  <message>
   <source>Copy text</source>
   <translation>Text kopieren</translation>
  </message>
  <message>
   <source>Copy to a folder…</source>
   <translation>In einen Ordner kopieren …</translation>
  </message>
  <message>
   <source>Copying to {name}…</source>
   <translation>Wird nach {name} kopiert …</translation>
  </message>
  <message>
   <source>Could not be read ({n})</source>
   <translation>Nicht lesbar ({n})</translation>
  </message>
  <message>
   <source>Counts double</source>
   <translation>Zählt doppelt</translation>
  </message>
  <message>
   <source>Counts from the next start on.</source>
   <translation>Gilt ab dem nächsten Start.</translation>
  </message>
  <message>
   <source>Counts half</source>
   <translation>Zählt halb</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>Date</source>
   <translation>Datum</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Delete everything</source>
   <translation>Alles löschen</translation>
  </message>
  <message>
   <source>Delete everything that Sightline ever stored?</source>
   <translation>Alles löschen, was Sightline je gespeichert hat?</translation>
  </message>
  <message>
   <source>Delete everything?</source>
   <translation>Alles löschen?</translation>
  </message>
  <message>
   <source>Delete everything…</source>
   <translation>Alles löschen …</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>Einzelheiten</translation>
  </message>
  <message>
   <source>Did you mean '{1}'?</source>
   <translation>Meinten Sie „{1}“?</translation>
  </message>
  <message>
   <source>Dimensions</source>
   <translation>Maße</translation>
  </message>
  <message>
   <source>Dismiss this message</source>
   <translation>Diese Meldung schließen</translation>
  </message>
  <message>
   <source>Document</source>
   <translation>Dokument</translation>
  </message>
  <message>
   <source>Documents</source>
   <translation>Dokumente</translation>
  </message>
  <message>
   <source>Done.</source>
   <translation>Fertig.</translation>
  </message>
  <message>
   <source>Double-click to edit</source>
   <translation>Doppelklick zum Ändern</translation>
  </message>
  <message>
   <source>Download</source>
   <translation>Herunterladen</translation>
  </message>
  <message>
   <source>Download files that are only in the cloud</source>
   <translation>Dateien herunterladen, die nur in der Cloud sind</translation>
  </message>
  <message>
   <source>Download {name}</source>
   <translation>{name} herunterladen</translation>
  </message>
  <message>
   <source>Drag a box around what you are looking for.</source>
   <translation>Einen Rahmen um das Gesuchte ziehen.</translation>
  </message>
  <message>
   <source>Drag a box around what you are looking for. Enter takes all of it, Esc none.</source>
   <translation>Einen Rahmen um das Gesuchte ziehen. Enter nimmt alles, Esc nichts.</translation>
  </message>
  <message>
   <source>Drive</source>
   <translation>Laufwerk</translation>
  </message>
  <message>
   <source>Drop to make this folder searchable</source>
   <translation>Loslassen, um diesen Ordner durchsuchbar zu machen</translation>
  </message>
  <message>
   <source>Drop to search by this picture</source>
   <translation>Loslassen, um mit diesem Bild zu suchen</translation>
  </message>
  <message>
   <source>Drop to search for these words</source>
   <translation>Loslassen, um nach diesen Wörtern zu suchen</translation>
  </message>
  <message>
   <source>Enter changes how much it counts, Delete removes</source>
   <translation>Enter ändert, wie viel es zählt, Entf entfernt es</translation>
  </message>
  <message>
   <source>Enter edits, Delete removes</source>
   <translation>Enter ändert, Entf entfernt</translation>
  </message>
  <message>
   <source>Enter opens  ·  {show} shows in folder  ·  {copy} copies</source>
   <translation>Enter öffnet  ·  {show} zeigt im Ordner  ·  {copy} kopiert</translation>
  </message>
  <message>
   <source>Every connection is refused, so no model can be downloaded. Your files never leave this computer, with or without this.</source>
   <translation>Jede Verbindung wird abgelehnt, also kann kein Modell heruntergeladen werden. Ihre Dateien verlassen diesen Computer nie, mit oder ohne diese Einstellung.</translation>
  </message>
  <message>
   <source>Everything is looked at again by {new}; until that is done, {old} answers.</source>
   <translation>Alles wird von {new} noch einmal angesehen; bis das geschehen ist, antwortet {old}.</translation>
  </message>
  <message>
   <source>Everything is looked at again, as the settings ask now; searches go on as before until then.</source>
   <translation>Alles wird noch einmal angesehen, wie die Einstellungen es jetzt verlangen; bis dahin laufen Suchen wie bisher.</translation>
  </message>
  <message>
   <source>Exact words: {text}</source>
   <translation>Genaue Wörter: {text}</translation>
  </message>
  <message>
   <source>File type</source>
   <translation>Dateityp</translation>
  </message>
  <message>
   <source>Files are still being copied, or a contact sheet is being made. What is finished stays; the rest is not done.</source>
   <translation>Es werden noch Dateien kopiert, oder ein Kontaktbogen wird erstellt. Was fertig ist, bleibt; der Rest wird nicht gemacht.</translation>
  </message>
  <message>
   <source>Files left out are forgotten; they themselves stay as they are.</source>
   <translation>Ausgelassene Dateien werden vergessen; sie selbst bleiben, wie sie sind.</translation>
  </message>
  <message>
   <source>Files were found here before, are not now, and stay in the index: if it is a drive, connect it.</source>
   <translation>Hier waren früher Dateien, jetzt ist keine da, und sie bleiben im Index: Ist es ein Laufwerk, schließen Sie es an.</translation>
  </message>
  <message>
   <source>Files with problems</source>
   <translation>Dateien mit Problemen</translation>
  </message>
  <message>
   <source>Filter: {text}</source>
   <translation>Filter: {text}</translation>
  </message>
  <message>
   <source>Find anything you have ever seen</source>
   <translation>Alles finden, was Sie je gesehen haben</translation>
  </message>
  <message>
   <source>Find similar</source>
   <translation>Ähnliche suchen</translation>
  </message>
  <message>
   <source>Find similar in Sightline</source>
   <translation>Ähnliches in Sightline finden</translation>
  </message>
  <message>
   <source>Find what pictures show and texts mean</source>
   <translation>Finden, was Bilder zeigen und Texte bedeuten</translation>
  </message>
  <message>
   <source>Finds small things in them. Pictures take about half as long again; those already here come last.</source>
   <translation>Findet Kleines darin. Bilder dauern etwa um die Hälfte länger; schon vorhandene kommen zuletzt.</translation>
  </message>
  <message>
   <source>Fit</source>
   <translation>Einpassen</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>Folders</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>Folders and progress</source>
   <translation>Ordner und Fortschritt</translation>
  </message>
  <message>
   <source>Folders and progress…</source>
   <translation>Ordner und Fortschritt …</translation>
  </message>
  <message>
   <source>Folders…</source>
   <translation>Ordner …</translation>
  </message>
  <message>
   <source>For an hour</source>
   <translation>Für eine Stunde</translation>
  </message>
  <message>
   <source>For example 22:00-07:00. Empty: always.</source>
   <translation>Zum Beispiel 22:00-07:00. Leer: immer.</translation>
  </message>
  <message>
   <source>Forget all of these</source>
   <translation>Alle diese vergessen</translation>
  </message>
  <message>
   <source>Forget until it changes</source>
   <translation>Vergessen, bis sie sich ändert</translation>
  </message>
  <message>
   <source>Frames of this moment</source>
   <translation>Bilder dieses Moments</translation>
  </message>
  <message>
   <source>Free the memory of unused models</source>
   <translation>Speicher ungenutzter Modelle freigeben</translation>
  </message>
  <message>
   <source>From</source>
   <translation>Von</translation>
  </message>
  <message>
   <source>From … to …</source>
   <translation>Von … bis …</translation>
  </message>
  <message>
   <source>General</source>
   <translation>Allgemein</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Go on while it is fetched</source>
   <translation>Weiter, während heruntergeladen wird</translation>
  </message>
  <message>
   <source>Grid</source>
   <translation>Raster</translation>
  </message>
  <message>
   <source>HTTP status {status_code}</source>
   <translation>HTTP-Status {status_code}</translation>
  </message>
  <message>
   <source>Half</source>
   <translation>Die Hälfte</translation>
  </message>
  <message>
   <source>High contrast</source>
   <translation>Hoher Kontrast</translation>
  </message>
  <message>
   <source>How closely files are looked at</source>
   <translation>Wie genau Dateien angesehen werden</translation>
  </message>
  <message>
   <source>If the folder is added again, everything in it has to be looked at anew. The files themselves stay as they are.</source>
   <translation>Wird der Ordner wieder hinzugefügt, muss alles darin neu angesehen werden. Die Dateien selbst bleiben, wie sie sind.</translation>
  </message>
  <message>
   <source>Ignore</source>
   <translation>Ignorieren</translation>
  </message>
  <message>
   <source>Ignored ({n})</source>
   <translation>Ignoriert ({n})</translation>
  </message>
  <message>
   <source>In the menu of the file manager</source>
   <translation>Im Menü der Dateiverwaltung</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>In Gebrauch</translation>
  </message>
  <message>
   <source>Index</source>
   <translation>Index</translation>
  </message>
  <message>
   <source>Indexing is paused in {1} until {2}; resume it to go on at once.</source>
   <translation>Das Indexieren ist in {1} bis {2} angehalten; setzen Sie es fort, damit es gleich weitergeht.</translation>
  </message>
  <message>
   <source>Indexing is paused in {1}; resume it to go on there.</source>
   <translation>Das Indexieren ist in {1} angehalten; setzen Sie es fort, damit es dort weitergeht.</translation>
  </message>
  <message>
   <source>Indexing is paused until {1}; resume it to go on at once.</source>
   <translation>Das Indexieren ist bis {1} angehalten; setzen Sie es fort, damit es gleich weitergeht.</translation>
  </message>
  <message>
   <source>Indexing is paused; resume it to go on.</source>
   <translation>Das Indexieren ist angehalten; setzen Sie es fort, damit es weitergeht.</translation>
  </message>
  <message>
   <source>Indexing is set to work from {start} to {end}; it goes on at {start}.</source>
   <translation>Das Indexieren arbeitet laut Einstellung von {start} bis {end}; um {start} geht es weiter.</translation>
  </message>
  <message>
   <source>Install LibreOffice to see its pages, too.</source>
   <translation>Installieren Sie LibreOffice, um auch die Seiten zu sehen.</translation>
  </message>
  <message>
   <source>It can only be read by decord 0.6, and another version is installed.</source>
   <translation>Die Datei ist nur mit decord 0.6 lesbar, und installiert ist eine andere Version.</translation>
  </message>
  <message>
   <source>It can only be read by decord, which is not available here.</source>
   <translation>Die Datei ist nur mit decord lesbar, das hier nicht vorhanden ist.</translation>
  </message>
  <message>
   <source>It can only keep running where the desktop has a place for its icon.</source>
   <translation>Weiterlaufen kann es nur, wo der Desktop einen Platz für sein Symbol hat.</translation>
  </message>
  <message>
   <source>It cannot be read: permission denied.</source>
   <translation>Die Datei ist nicht lesbar: Zugriff verweigert.</translation>
  </message>
  <message>
   <source>It cannot be read: the disk reports an error.</source>
   <translation>Die Datei ist nicht lesbar: Der Datenträger meldet einen Fehler.</translation>
  </message>
  <message>
   <source>It cannot be read: {1}.</source>
   <translation>Die Datei ist nicht lesbar: {1}.</translation>
  </message>
  <message>
   <source>It cannot be watched</source>
   <translation>Der Ordner lässt sich nicht überwachen</translation>
  </message>
  <message>
   <source>It claims more pixels than any camera takes; it was not opened.</source>
   <translation>Die Datei gibt mehr Pixel an, als irgendeine Kamera aufnimmt; sie wurde nicht geöffnet.</translation>
  </message>
  <message>
   <source>It claims {width} × {height} pixels, more than any camera takes; it was not opened.</source>
   <translation>Die Datei gibt {width} × {height} Pixel an, mehr als irgendeine Kamera aufnimmt; sie wurde nicht geöffnet.</translation>
  </message>
  <message>
   <source>It contains no text.</source>
   <translation>Die Datei enthält keinen Text.</translation>
  </message>
  <message>
   <source>It crashed the decoder ({how}): the file is damaged, or a codec has a fault.</source>
   <translation>Der Decoder ist daran abgestürzt ({how}): Die Datei ist beschädigt, oder ein Codec hat einen Fehler.</translation>
  </message>
  <message>
   <source>It declares XML entities, as attacks do and documents never need; it was not read.</source>
   <translation>Die Datei legt XML-Entitäten fest, wie Angriffe es tun und Dokumente es nie brauchen; sie wurde nicht gelesen.</translation>
  </message>
  <message>
   <source>It has more parts than can be drawn; it was not read.</source>
   <translation>Die Zeichnung hat mehr Teile, als sich zeichnen lassen; sie wurde nicht gelesen.</translation>
  </message>
  <message>
   <source>It has no page {number}.</source>
   <translation>Eine Seite {number} gibt es darin nicht.</translation>
  </message>
  <message>
   <source>It has text, but no pages that could be shown.</source>
   <translation>Die Datei hat Text, aber keine Seiten, die sich zeigen ließen.</translation>
  </message>
  <message>
   <source>It holds binary data, not text.</source>
   <translation>Die Datei enthält Binärdaten, keinen Text.</translation>
  </message>
  <message>
   <source>It holds nothing but subtitles, in a form that Sightline does not read.</source>
   <translation>Es sind nur Untertitel, in einer Form, die Sightline nicht liest.</translation>
  </message>
  <message>
   <source>It holds only its layers and no picture of them together: save it again in Photoshop with “Maximize Compatibility”.</source>
   <translation>Die Datei enthält nur ihre Ebenen und kein Bild von allen zusammen: Speichern Sie sie in Photoshop noch einmal mit „Kompatibilität maximieren“.</translation>
  </message>
  <message>
   <source>It is a .{extension} file, a format Sightline does not read yet.</source>
   <translation>Es ist eine .{extension}-Datei; dieses Format liest Sightline noch nicht.</translation>
  </message>
  <message>
   <source>It is a Photoshop file of a variety that Sightline does not read.</source>
   <translation>Es ist eine Photoshop-Datei einer Art, die Sightline nicht liest.</translation>
  </message>
  <message>
   <source>It is a ZIP archive that holds no document Sightline reads.</source>
   <translation>Es ist ein ZIP-Archiv ohne ein Dokument, das Sightline liest.</translation>
  </message>
  <message>
   <source>It is a document of Apple's iWork without a preview; Sightline cannot read its text.</source>
   <translation>Es ist ein Dokument aus Apples iWork ohne Vorschau; seinen Text kann Sightline nicht lesen.</translation>
  </message>
  <message>
   <source>It is a document of a kind that Sightline reads only where LibreOffice is installed.</source>
   <translation>Es ist ein Dokument einer Art, die Sightline nur liest, wo LibreOffice installiert ist.</translation>
  </message>
  <message>
   <source>It is a sound file; Sightline searches what can be seen or read.</source>
   <translation>Es ist eine Tondatei; Sightline durchsucht, was man sehen oder lesen kann.</translation>
  </message>
  <message>
   <source>It is an Office document of before 2007; Sightline reads it where LibreOffice is installed, or once it is saved in the newer form.</source>
   <translation>Es ist ein Office-Dokument aus der Zeit vor 2007; Sightline liest es, wenn LibreOffice installiert ist oder sobald es im neueren Format gespeichert wurde.</translation>
  </message>
  <message>
   <source>It is damaged, or encoded in a way that cannot be decoded here.</source>
   <translation>Die Datei ist beschädigt oder so kodiert, dass sie sich hier nicht dekodieren lässt.</translation>
  </message>
  <message>
   <source>It is damaged, or no film that can be recognised.</source>
   <translation>Die Datei ist beschädigt oder kein erkennbarer Film.</translation>
  </message>
  <message>
   <source>It is damaged, or of a variety that Sightline cannot read.</source>
   <translation>Die Datei ist beschädigt oder von einer Art, die Sightline nicht lesen kann.</translation>
  </message>
  <message>
   <source>It is damaged: a part of the film cannot be decoded.</source>
   <translation>Die Datei ist beschädigt: Ein Teil des Films lässt sich nicht dekodieren.</translation>
  </message>
  <message>
   <source>It is damaged: its content cannot be read.</source>
   <translation>Die Datei ist beschädigt: Ihr Inhalt ist nicht lesbar.</translation>
  </message>
  <message>
   <source>It is damaged: its page {number} cannot be shown.</source>
   <translation>Die Datei ist beschädigt: Ihre Seite {number} lässt sich nicht zeigen.</translation>
  </message>
  <message>
   <source>It is damaged: its pictures are in no order of time.</source>
   <translation>Die Datei ist beschädigt: Ihre Bilder stehen in keiner zeitlichen Ordnung.</translation>
  </message>
  <message>
   <source>It is damaged: no page of it can be found.</source>
   <translation>Die Datei ist beschädigt: Es ist keine Seite darin zu finden.</translation>
  </message>
  <message>
   <source>It is damaged: no picture of the film can be decoded.</source>
   <translation>Die Datei ist beschädigt: Kein Bild des Films lässt sich dekodieren.</translation>
  </message>
  <message>
   <source>It is damaged: none of its pages can be shown.</source>
   <translation>Die Datei ist beschädigt: Keine ihrer Seiten lässt sich zeigen.</translation>
  </message>
  <message>
   <source>It is damaged: nothing of the picture is left.</source>
   <translation>Die Datei ist beschädigt: Vom Bild ist nichts übrig.</translation>
  </message>
  <message>
   <source>It is damaged: the camera's raw data cannot be read.</source>
   <translation>Die Datei ist beschädigt: Die Rohdaten der Kamera sind nicht lesbar.</translation>
  </message>
  <message>
   <source>It is damaged: the drawing cannot be read.</source>
   <translation>Die Datei ist beschädigt: Die Zeichnung ist nicht lesbar.</translation>
  </message>
  <message>
   <source>It is damaged: the picture at this moment cannot be shown.</source>
   <translation>Die Datei ist beschädigt: Das Bild an dieser Stelle lässt sich nicht zeigen.</translation>
  </message>
  <message>
   <source>It is damaged: there is no film in it.</source>
   <translation>Die Datei ist beschädigt: Es ist kein Film darin.</translation>
  </message>
  <message>
   <source>It is empty.</source>
   <translation>Die Datei ist leer.</translation>
  </message>
  <message>
   <source>It is in a format that Sightline does not read yet.</source>
   <translation>Die Datei hat ein Format, das Sightline noch nicht liest.</translation>
  </message>
  <message>
   <source>It is kept in the cloud and not on this computer; opening it would download it.</source>
   <translation>Die Datei liegt in der Cloud und nicht auf diesem Computer; das Öffnen würde sie herunterladen.</translation>
  </message>
  <message>
   <source>It is larger than {1} MB, too much for a drawing; it was not read.</source>
   <translation>Die Datei ist größer als {1} MB, zu viel für eine Zeichnung; sie wurde nicht gelesen.</translation>
  </message>
  <message>
   <source>It is named .{extension}, but it is {other}.</source>
   <translation>Die Datei heißt .{extension}, ist aber {other}.</translation>
  </message>
  <message>
   <source>It is no film.</source>
   <translation>Es ist kein Film.</translation>
  </message>
  <message>
   <source>It is no longer there.</source>
   <translation>Die Datei ist nicht mehr da.</translation>
  </message>
  <message>
   <source>It is no mail: there is no header in it.</source>
   <translation>Es ist keine Mail: Ein Kopf fehlt.</translation>
  </message>
  <message>
   <source>It is no picture that can be recognised: damaged, or of an unknown kind.</source>
   <translation>Es ist kein erkennbares Bild: beschädigt oder von unbekannter Art.</translation>
  </message>
  <message>
   <source>It is no picture.</source>
   <translation>Es ist kein Bild.</translation>
  </message>
  <message>
   <source>It is not a regular file.</source>
   <translation>Es ist keine gewöhnliche Datei.</translation>
  </message>
  <message>
   <source>It is on a disk or server that does not answer</source>
   <translation>Der Ordner liegt auf einem Datenträger oder Server, der nicht antwortet</translation>
  </message>
  <message>
   <source>It is on a drive that may be pulled out at any time</source>
   <translation>Der Ordner liegt auf einem Laufwerk, das jederzeit abgezogen werden kann</translation>
  </message>
  <message>
   <source>It is on another computer, which does not say what changes</source>
   <translation>Der Ordner liegt auf einem anderen Computer</translation>
  </message>
  <message>
   <source>It is only {width} × {height} pixels: an icon rather than a picture.</source>
   <translation>Es sind nur {width} × {height} Pixel: eher ein Symbol als ein Bild.</translation>
  </message>
  <message>
   <source>It is protected against copying; only the reader it was bought for can open it.</source>
   <translation>Die Datei ist kopiergeschützt; nur das Lesegerät, für das sie gekauft wurde, kann sie öffnen.</translation>
  </message>
  <message>
   <source>It is protected by a password.</source>
   <translation>Die Datei ist durch ein Passwort geschützt.</translation>
  </message>
  <message>
   <source>It is too large for LibreOffice to draw its pages.</source>
   <translation>Die Datei ist zu groß, als dass LibreOffice ihre Seiten zeichnen könnte.</translation>
  </message>
  <message>
   <source>It is {other}, which Sightline does not read.</source>
   <translation>Es ist {other}; so etwas liest Sightline nicht.</translation>
  </message>
  <message>
   <source>It is {width} × {height} pixels: too long and thin to be understood.</source>
   <translation>Es sind {width} × {height} Pixel: zu lang und schmal, um es zu verstehen.</translation>
  </message>
  <message>
   <source>It kept the decoder busy for {n} seconds without result.</source>
   <translation>Der Decoder war {n} Sekunden ohne Ergebnis damit beschäftigt.</translation>
  </message>
  <message>
   <source>It needs more memory than Sightline allows for one file ({n} GB).</source>
   <translation>Die Datei braucht mehr Speicher, als Sightline einer Datei erlaubt ({n} GB).</translation>
  </message>
  <message>
   <source>It needs more memory than Sightline allows for one file.</source>
   <translation>Die Datei braucht mehr Speicher, als Sightline einer Datei erlaubt.</translation>
  </message>
  <message>
   <source>It then keeps its index up to date, and its icon beside the clock opens it at once. You can change this in the settings.</source>
   <translation>Dann bleibt der Index aktuell, und das Symbol neben der Uhr öffnet es sofort. In den Einstellungen lässt sich das ändern.</translation>
  </message>
  <message>
   <source>It unpacks to more than any document holds; it was not read.</source>
   <translation>Entpackt ergibt die Datei mehr, als irgendein Dokument enthält; sie wurde nicht gelesen.</translation>
  </message>
  <message>
   <source>Its end is missing or damaged: it is indexed up to {minutes}:{seconds}.</source>
   <translation>Das Ende fehlt oder ist beschädigt: Indexiert ist der Film bis {minutes}:{seconds}.</translation>
  </message>
  <message>
   <source>Its name has the words you typed</source>
   <translation>Der Name enthält die getippten Wörter</translation>
  </message>
  <message>
   <source>Its name is too long for this system.</source>
   <translation>Der Name der Datei ist für dieses System zu lang.</translation>
  </message>
  <message>
   <source>Its page {number} cannot be shown.</source>
   <translation>Seite {number} lässt sich nicht zeigen.</translation>
  </message>
  <message>
   <source>Its pages {numbers} cannot be shown.</source>
   <translation>Die Seiten {numbers} lassen sich nicht zeigen.</translation>
  </message>
  <message>
   <source>Its path is too long for Windows as it is set: allow long paths there (LongPathsEnabled), or shorten the names of the folders around it.</source>
   <translation>Der Pfad der Datei ist für Windows, wie es eingestellt ist, zu lang: Erlauben Sie dort lange Pfade (LongPathsEnabled), oder kürzen Sie die Namen der Ordner, in denen sie liegt.</translation>
  </message>
  <message>
   <source>Its text has the words you typed</source>
   <translation>Der Text enthält die getippten Wörter</translation>
  </message>
  <message>
   <source>Its text is on the clipboard.</source>
   <translation>Der Text ist in der Zwischenablage.</translation>
  </message>
  <message>
   <source>Keep Sightline running in the background?</source>
   <translation>Sightline im Hintergrund weiterlaufen lassen?</translation>
  </message>
  <message>
   <source>Keep it</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Keep running</source>
   <translation>Weiterlaufen</translation>
  </message>
  <message>
   <source>Keys in the window</source>
   <translation>Tasten im Fenster</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>Known are {1}.</source>
   <translation>Bekannt sind {1}.</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Large view</source>
   <translation>Große Ansicht</translation>
  </message>
  <message>
   <source>Larger (+)</source>
   <translation>Größer (+)</translation>
  </message>
  <message>
   <source>Largest files</source>
   <translation>Größte Dateien</translation>
  </message>
  <message>
   <source>Largest first</source>
   <translation>Größte zuerst</translation>
  </message>
  <message>
   <source>Last month</source>
   <translation>Letzter Monat</translation>
  </message>
  <message>
   <source>Last week</source>
   <translation>Letzte Woche</translation>
  </message>
  <message>
   <source>Last year</source>
   <translation>Letztes Jahr</translation>
  </message>
  <message>
   <source>Leave out files smaller than</source>
   <translation>Dateien auslassen, kleiner als</translation>
  </message>
  <message>
   <source>Leave out of the index</source>
   <translation>Im Index auslassen</translation>
  </message>
  <message>
   <source>Leave out pictures with a side shorter than</source>
   <translation>Bilder auslassen mit einer Seite kürzer als</translation>
  </message>
  <message>
   <source>Left out ({n})</source>
   <translation>Ausgelassen ({n})</translation>
  </message>
  <message>
   <source>Left out one by one:</source>
   <translation>Einzeln ausgelassen:</translation>
  </message>
  <message>
   <source>Left out, one pattern a line</source>
   <translation>Ausgelassen, ein Muster pro Zeile</translation>
  </message>
  <message>
   <source>Left out, one pattern a line, as in a .gitignore file:</source>
   <translation>Ausgelassen, ein Muster pro Zeile, wie in einer .gitignore-Datei:</translation>
  </message>
  <message>
   <source>Length</source>
   <translation>Länge</translation>
  </message>
  <message>
   <source>Length of video</source>
   <translation>Länge des Videos</translation>
  </message>
  <message>
   <source>Lens</source>
   <translation>Objektiv</translation>
  </message>
  <message>
   <source>Less leaves room for larger models. Every file has to be looked at again for it.</source>
   <translation>Weniger lässt Platz für größere Modelle. Dafür muss jede Datei neu angesehen werden.</translation>
  </message>
  <message>
   <source>Less like this</source>
   <translation>Weniger wie dieses</translation>
  </message>
  <message>
   <source>Less like: {name}</source>
   <translation>Weniger wie: {name}</translation>
  </message>
  <message>
   <source>Less than {size}</source>
   <translation>Weniger als {size}</translation>
  </message>
  <message>
   <source>LibreOffice could not draw its pages.</source>
   <translation>LibreOffice konnte die Seiten nicht zeichnen.</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Like the desktop</source>
   <translation>Wie der Desktop</translation>
  </message>
  <message>
   <source>Like: {name}</source>
   <translation>Wie: {name}</translation>
  </message>
  <message>
   <source>List</source>
   <translation>Liste</translation>
  </message>
  <message>
   <source>List again</source>
   <translation>Wieder anzeigen</translation>
  </message>
  <message>
   <source>Loading the models…</source>
   <translation>Die Modelle werden geladen …</translation>
  </message>
  <message>
   <source>Logs</source>
   <translation>Protokolle</translation>
  </message>
  <message>
   <source>Look at it large</source>
   <translation>Groß ansehen</translation>
  </message>
  <message>
   <source>Look at parts of large pictures</source>
   <translation>Teile großer Bilder ansehen</translation>
  </message>
  <message>
   <source>Look into hidden files and folders</source>
   <translation>Auch versteckte Dateien und Ordner ansehen</translation>
  </message>
  <message>
   <source>Look into what tools for developers make</source>
   <translation>Auch ansehen, was Entwicklerwerkzeuge erzeugen</translation>
  </message>
  <message>
   <source>Looking through your folders</source>
   <translation>Ihre Ordner werden durchgesehen</translation>
  </message>
  <message>
   <source>Looking through your folders…</source>
   <translation>Ihre Ordner werden durchgesehen …</translation>
  </message>
  <message>
   <source>Looking what that changes…</source>
   <translation>Es wird nachgesehen, was das ändert …</translation>
  </message>
  <message>
   <source>Looks at the best results again, side by side with the query, and puts them in better order.</source>
   <translation>Sieht sich die besten Ergebnisse neben der Suche noch einmal an und ordnet sie besser.</translation>
  </message>
  <message>
   <source>Make the files in these {n} folders searchable?</source>
   <translation>Die Dateien in diesen {n} Ordnern durchsuchbar machen?</translation>
  </message>
  <message>
   <source>Make the files in “{name}” searchable?</source>
   <translation>Die Dateien in „{name}“ durchsuchbar machen?</translation>
  </message>
  <message>
   <source>Making the contact sheet…</source>
   <translation>Der Kontaktbogen entsteht …</translation>
  </message>
  <message>
   <source>Matching moments: {times}</source>
   <translation>Passende Momente: {times}</translation>
  </message>
  <message>
   <source>Measuring this computer…</source>
   <translation>Dieser Computer wird vermessen …</translation>
  </message>
  <message>
   <source>Memory for the models</source>
   <translation>Speicher für die Modelle</translation>
  </message>
  <message>
   <source>Menu</source>
   <translation>Menü</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>More filters</source>
   <translation>Weitere Filter</translation>
  </message>
  <message>
   <source>More like this</source>
   <translation>Mehr wie dieses</translation>
  </message>
  <message>
   <source>More than this computer has: it may be very slow, or fail.</source>
   <translation>Mehr, als dieser Computer hat: Es kann sehr langsam sein oder scheitern.</translation>
  </message>
  <message>
   <source>More than {size}</source>
   <translation>Mehr als {size}</translation>
  </message>
  <message>
   <source>More to do with it</source>
   <translation>Was man noch damit tun kann</translation>
  </message>
  <message>
   <source>NVIDIA graphics card</source>
   <translation>NVIDIA-Grafikkarte</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Names can be searched from now on. To find files by what they show, Sightline needs a model that runs on this computer. It is fetched once; your files stay here.</source>
   <translation>Namen lassen sich ab jetzt suchen. Um Dateien danach zu finden, was sie zeigen, braucht Sightline ein Modell, das auf diesem Computer läuft. Es wird einmal heruntergeladen; Ihre Dateien bleiben hier.</translation>
  </message>
  <message>
   <source>Names, the text of documents and words in pictures are found. What pictures show is found once you choose a model in the settings.</source>
   <translation>Namen, der Text von Dokumenten und Wörter in Bildern werden gefunden. Was Bilder zeigen, wird gefunden, sobald Sie in den Einstellungen ein Modell wählen.</translation>
  </message>
  <message>
   <source>Never</source>
   <translation>Nie</translation>
  </message>
  <message>
   <source>Newer list available</source>
   <translation>Neuere Liste verfügbar</translation>
  </message>
  <message>
   <source>Newest files</source>
   <translation>Neueste Dateien</translation>
  </message>
  <message>
   <source>Newest first</source>
   <translation>Neueste zuerst</translation>
  </message>
  <message>
   <source>Next page</source>
   <translation>Nächste Seite</translation>
  </message>
  <message>
   <source>No CUDA graphics card can be used here; choose --device auto, or install a PyTorch built for CUDA and the card's driver.</source>
   <translation>Hier ist keine CUDA-Grafikkarte nutzbar; wählen Sie --device auto, oder installieren Sie ein PyTorch für CUDA und den Treiber der Karte.</translation>
  </message>
  <message>
   <source>No files yet</source>
   <translation>Noch keine Dateien</translation>
  </message>
  <message>
   <source>No folder in the index is called “{1}”.</source>
   <translation>Kein Ordner im Index heißt „{1}“.</translation>
  </message>
  <message>
   <source>No folders are chosen</source>
   <translation>Es sind keine Ordner gewählt</translation>
  </message>
  <message>
   <source>No folders yet.</source>
   <translation>Noch keine Ordner.</translation>
  </message>
  <message>
   <source>No keys</source>
   <translation>Keine Tasten</translation>
  </message>
  <message>
   <source>No pictures, videos or documents were found in your folders.</source>
   <translation>In Ihren Ordnern wurden keine Bilder, Videos oder Dokumente gefunden.</translation>
  </message>
  <message>
   <source>No text was found in it.</source>
   <translation>Es wurde kein Text darin gefunden.</translation>
  </message>
  <message>
   <source>None for now: search names and words</source>
   <translation>Vorerst keines: Namen und Wörter suchen</translation>
  </message>
  <message>
   <source>None. Sightline has never opened a connection to another computer.</source>
   <translation>Keine. Sightline hat nie eine Verbindung zu einem anderen Computer geöffnet.</translation>
  </message>
  <message>
   <source>Nothing here matches that.</source>
   <translation>Nichts hier passt dazu.</translation>
  </message>
  <message>
   <source>Nothing here matches the picture with “{text}”</source>
   <translation>Nichts hier passt zum Bild mit „{text}“</translation>
  </message>
  <message>
   <source>Nothing here matches this picture</source>
   <translation>Nichts hier passt zu diesem Bild</translation>
  </message>
  <message>
   <source>Nothing here matches “{text}”</source>
   <translation>Nichts hier passt zu „{text}“</translation>
  </message>
  <message>
   <source>Nothing in it could be read.</source>
   <translation>Nichts darin war lesbar.</translation>
  </message>
  <message>
   <source>Nothing is indexed yet in this data directory: start with `sightline index FOLDER`.</source>
   <translation>In diesem Datenverzeichnis ist noch nichts indexiert: Beginnen Sie mit `sightline index ORDNER`.</translation>
  </message>
  <message>
   <source>Nothing is known about this</source>
   <translation>Darüber ist nichts bekannt</translation>
  </message>
  <message>
   <source>Nothing of this kind yet</source>
   <translation>Noch nichts von dieser Art</translation>
  </message>
  <message>
   <source>Oldest files</source>
   <translation>Älteste Dateien</translation>
  </message>
  <message>
   <source>Oldest first</source>
   <translation>Älteste zuerst</translation>
  </message>
  <message>
   <source>On this computer</source>
   <translation>Auf diesem Computer</translation>
  </message>
  <message>
   <source>One connection was made, for what you asked for:</source>
   <translation>Es gab eine Verbindung, für das, was Sie wollten:</translation>
  </message>
  <message>
   <source>One file is still waiting to be understood. It may turn up in a moment.</source>
   <translation>Eine Datei wartet noch darauf, verstanden zu werden. Vielleicht taucht sie gleich auf.</translation>
  </message>
  <message>
   <source>One input needs more memory than this computer has left; close other programs or choose a smaller model.</source>
   <translation>Eine Eingabe braucht mehr Speicher, als auf diesem Computer frei ist; schließen Sie andere Programme, oder wählen Sie ein kleineres Modell.</translation>
  </message>
  <message>
   <source>One input needs more memory than this {name} device has left; choose a smaller model or --device cpu.</source>
   <translation>Eine Eingabe braucht mehr Speicher, als auf diesem Gerät ({name}) frei ist; wählen Sie ein kleineres Modell oder --device cpu.</translation>
  </message>
  <message>
   <source>Only documents</source>
   <translation>Nur Dokumente</translation>
  </message>
  <message>
   <source>Only its first {max_hours} hours are indexed.</source>
   <translation>Nur die ersten {max_hours} Stunden sind indexiert.</translation>
  </message>
  <message>
   <source>Only its first {max_pages} pages are indexed.</source>
   <translation>Nur die ersten {max_pages} Seiten sind indexiert.</translation>
  </message>
  <message>
   <source>Only photos</source>
   <translation>Nur Fotos</translation>
  </message>
  <message>
   <source>Only screenshots</source>
   <translation>Nur Bildschirmfotos</translation>
  </message>
  <message>
   <source>Only the best {depth} matches are in this order; the others follow behind them.</source>
   <translation>Nur die besten {depth} Treffer stehen in dieser Reihenfolge; die übrigen folgen dahinter.</translation>
  </message>
  <message>
   <source>Only the first {1} MB of a message are read.</source>
   <translation>Von einer Nachricht werden nur die ersten {1} MB gelesen.</translation>
  </message>
  <message>
   <source>Only the first {1} MB of a sheet are read.</source>
   <translation>Von einem Tabellenblatt werden nur die ersten {1} MB gelesen.</translation>
  </message>
  <message>
   <source>Only the first {1} MB of it are indexed.</source>
   <translation>Nur die ersten {1} MB davon sind indexiert.</translation>
  </message>
  <message>
   <source>Only the first {1} MB of the page are indexed.</source>
   <translation>Nur die ersten {1} MB der Seite sind indexiert.</translation>
  </message>
  <message>
   <source>Only the first {1} MB of the text are indexed.</source>
   <translation>Nur die ersten {1} MB des Textes sind indexiert.</translation>
  </message>
  <message>
   <source>Only the first {1} million characters of it are indexed.</source>
   <translation>Nur die ersten {1} Millionen Zeichen davon sind indexiert.</translation>
  </message>
  <message>
   <source>Only the first {max_pages} of its {pages} pages are indexed.</source>
   <translation>Nur die ersten {max_pages} von {pages} Seiten sind indexiert.</translation>
  </message>
  <message>
   <source>Only the first {n} became examples.</source>
   <translation>Nur die ersten {n} wurden Beispiele.</translation>
  </message>
  <message>
   <source>Only the first {n} characters are searched for.</source>
   <translation>Nur nach den ersten {n} Zeichen wird gesucht.</translation>
  </message>
  <message>
   <source>Only the picture of its first page is indexed; its text is in a form that is not published.</source>
   <translation>Nur das Bild der ersten Seite ist indexiert; der Text liegt in einem nicht veröffentlichten Format vor.</translation>
  </message>
  <message>
   <source>Only the {n} files that were loaded so far are chosen. Scroll on to load more.</source>
   <translation>Nur die {n} bisher geladenen Dateien sind gewählt. Weiterscrollen lädt mehr.</translation>
  </message>
  <message>
   <source>Only this was searched: {kinds}.</source>
   <translation>Nur das wurde durchsucht: {kinds}.</translation>
  </message>
  <message>
   <source>Only videos</source>
   <translation>Nur Videos</translation>
  </message>
  <message>
   <source>Only words were looked for, as the settings say: what pictures show is found once a model is chosen there.</source>
   <translation>Wie in den Einstellungen gewählt, wurde nur nach Wörtern gesucht: Was Bilder zeigen, wird gefunden, sobald dort ein Modell gewählt ist.</translation>
  </message>
  <message>
   <source>Only {n} of the {m} folders were opened.</source>
   <translation>Nur {n} der {m} Ordner wurden geöffnet.</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Öffnen</translation>
  </message>
  <message>
   <source>Open Sightline</source>
   <translation>Sightline öffnen</translation>
  </message>
  <message>
   <source>Open with…</source>
   <translation>Öffnen mit …</translation>
  </message>
  <message>
   <source>Open {name} with which program?</source>
   <translation>{name} mit welchem Programm öffnen?</translation>
  </message>
  <message>
   <source>Order before the second look</source>
   <translation>Reihenfolge vor dem zweiten Blick</translation>
  </message>
  <message>
   <source>Order of the results</source>
   <translation>Reihenfolge der Ergebnisse</translation>
  </message>
  <message>
   <source>Order of the results: {order}</source>
   <translation>Reihenfolge der Ergebnisse: {order}</translation>
  </message>
  <message>
   <source>Other</source>
   <translation>Anderes</translation>
  </message>
  <message>
   <source>Other programs need nearly all memory; indexing goes on when some is free again.</source>
   <translation>Andere Programme brauchen fast den ganzen Speicher; das Indexieren geht weiter, sobald wieder etwas frei ist.</translation>
  </message>
  <message>
   <source>Others</source>
   <translation>Weitere</translation>
  </message>
  <message>
   <source>Otherwise games, films and talks have the computer to themselves.</source>
   <translation>Sonst haben Spiele, Filme und Vorträge den Computer für sich.</translation>
  </message>
  <message>
   <source>Otherwise new files wait until the computer is plugged in. Searching always works.</source>
   <translation>Sonst warten neue Dateien, bis der Computer am Netz ist. Suchen geht immer.</translation>
  </message>
  <message>
   <source>Otherwise words are found where they are written. Pictures always find pictures.</source>
   <translation>Sonst werden Wörter gefunden, wo sie geschrieben stehen. Bilder finden immer Bilder.</translation>
  </message>
  <message>
   <source>Over 10 minutes</source>
   <translation>Über 10 Minuten</translation>
  </message>
  <message>
   <source>Over a minute</source>
   <translation>Über eine Minute</translation>
  </message>
  <message>
   <source>Over an hour</source>
   <translation>Über eine Stunde</translation>
  </message>
  <message>
   <source>Page before</source>
   <translation>Vorige Seite</translation>
  </message>
  <message>
   <source>Page {n}</source>
   <translation>Seite {n}</translation>
  </message>
  <message>
   <source>Page {n} of {m}</source>
   <translation>Seite {n} von {m}</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>Seiten</translation>
  </message>
  <message>
   <source>Pages that match</source>
   <translation>Passende Seiten</translation>
  </message>
  <message>
   <source>Part of the screen</source>
   <translation>Teil des Bildschirms</translation>
  </message>
  <message>
   <source>Part of {name}</source>
   <translation>Teil von {name}</translation>
  </message>
  <message>
   <source>Paste into the search</source>
   <translation>In die Suche einfügen</translation>
  </message>
  <message>
   <source>Pasted picture</source>
   <translation>Eingefügtes Bild</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>Pause for an hour</source>
   <translation>Eine Stunde Pause</translation>
  </message>
  <message>
   <source>Pause indexing</source>
   <translation>Indexieren anhalten</translation>
  </message>
  <message>
   <source>Pause {name}</source>
   <translation>{name} anhalten</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>Angehalten</translation>
  </message>
  <message>
   <source>Paused until {time}.</source>
   <translation>Angehalten bis {time}.</translation>
  </message>
  <message>
   <source>Performance</source>
   <translation>Leistung</translation>
  </message>
  <message>
   <source>Photo</source>
   <translation>Foto</translation>
  </message>
  <message>
   <source>Photos</source>
   <translation>Fotos</translation>
  </message>
  <message>
   <source>Picture</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Pictures</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Place</source>
   <translation>Ort</translation>
  </message>
  <message>
   <source>Possible</source>
   <translation>Möglich</translation>
  </message>
  <message>
   <source>Possible match</source>
   <translation>Möglicher Treffer</translation>
  </message>
  <message>
   <source>Possible matches</source>
   <translation>Mögliche Treffer</translation>
  </message>
  <message>
   <source>Press keys</source>
   <translation>Tasten drücken</translation>
  </message>
  <message>
   <source>Previews</source>
   <translation>Vorschauen</translation>
  </message>
  <message>
   <source>Privacy</source>
   <translation>Privatsphäre</translation>
  </message>
  <message>
   <source>Problems</source>
   <translation>Probleme</translation>
  </message>
  <message>
   <source>Problems…</source>
   <translation>Probleme …</translation>
  </message>
  <message>
   <source>Processor</source>
   <translation>Prozessor</translation>
  </message>
  <message>
   <source>Programs are waiting for memory; indexing goes on when some is free again.</source>
   <translation>Programme warten auf Speicher; das Indexieren geht weiter, sobald wieder etwas frei ist.</translation>
  </message>
  <message>
   <source>Progress of {name}</source>
   <translation>Fortschritt von {name}</translation>
  </message>
  <message>
   <source>Quickly</source>
   <translation>Schnell</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>Rating</source>
   <translation>Bewertung</translation>
  </message>
  <message>
   <source>Read the words in pictures</source>
   <translation>Wörter in Bildern lesen</translation>
  </message>
  <message>
   <source>Recent</source>
   <translation>Zuletzt</translation>
  </message>
  <message>
   <source>Recommended for this computer.</source>
   <translation>Für diesen Computer empfohlen.</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Remove it</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Remove this folder?</source>
   <translation>Diesen Ordner entfernen?</translation>
  </message>
  <message>
   <source>Remove {name}</source>
   <translation>{name} entfernen</translation>
  </message>
  <message>
   <source>Remove “{name}” from Sightline?</source>
   <translation>„{name}“ aus Sightline entfernen?</translation>
  </message>
  <message>
   <source>Removing a folder makes Sightline forget it. The files themselves stay as they are.</source>
   <translation>Wird ein Ordner entfernt, vergisst Sightline ihn. Die Dateien selbst bleiben, wie sie sind.</translation>
  </message>
  <message>
   <source>Replace</source>
   <translation>Ersetzen</translation>
  </message>
  <message>
   <source>Reset all keys</source>
   <translation>Alle zurücksetzen</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Ergebnisse</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Resume indexing</source>
   <translation>Indexieren fortsetzen</translation>
  </message>
  <message>
   <source>Resume {name}</source>
   <translation>{name} fortsetzen</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Save the contact sheet</source>
   <translation>Den Kontaktbogen speichern</translation>
  </message>
  <message>
   <source>Save this search</source>
   <translation>Diese Suche speichern</translation>
  </message>
  <message>
   <source>Save this search…</source>
   <translation>Diese Suche speichern …</translation>
  </message>
  <message>
   <source>Saved</source>
   <translation>Gespeichert</translation>
  </message>
  <message>
   <source>Saved · {n} new</source>
   <translation>Gespeichert · {n} neu</translation>
  </message>
  <message>
   <source>Screenshot</source>
   <translation>Bildschirmfoto</translation>
  </message>
  <message>
   <source>Screenshots</source>
   <translation>Bildschirmfotos</translation>
  </message>
  <message>
   <source>Screenshots, scans and photos of signs, when there is nothing else to do.</source>
   <translation>In Bildschirmfotos, Scans und Fotos von Schildern, wenn sonst nichts zu tun ist.</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Search by a part of the screen</source>
   <translation>Mit einem Teil des Bildschirms suchen</translation>
  </message>
  <message>
   <source>Search by a part of the screen from every program</source>
   <translation>Aus jedem Programm mit einem Teil des Bildschirms suchen</translation>
  </message>
  <message>
   <source>Search by a part of the screen…</source>
   <translation>Mit einem Teil des Bildschirms suchen …</translation>
  </message>
  <message>
   <source>Search by a part: draw a box around it (B)</source>
   <translation>Mit einem Teil suchen: einen Rahmen darum ziehen (B)</translation>
  </message>
  <message>
   <source>Search by a picture…</source>
   <translation>Mit einem Bild suchen …</translation>
  </message>
  <message>
   <source>Search by which picture?</source>
   <translation>Mit welchem Bild suchen?</translation>
  </message>
  <message>
   <source>Search from every program</source>
   <translation>Aus jedem Programm suchen</translation>
  </message>
  <message>
   <source>Search in which folder?</source>
   <translation>In welchem Ordner suchen?</translation>
  </message>
  <message>
   <source>Search the settings</source>
   <translation>Einstellungen durchsuchen</translation>
  </message>
  <message>
   <source>Search these days</source>
   <translation>Diese Tage durchsuchen</translation>
  </message>
  <message>
   <source>Search with Sightline</source>
   <translation>Mit Sightline suchen</translation>
  </message>
  <message>
   <source>Search your pictures, videos and documents</source>
   <translation>Bilder, Videos und Dokumente durchsuchen</translation>
  </message>
  <message>
   <source>Searching…</source>
   <translation>Wird gesucht …</translation>
  </message>
  <message>
   <source>Search…</source>
   <translation>Suchen …</translation>
  </message>
  <message>
   <source>Sections</source>
   <translation>Abschnitte</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Settings…</source>
   <translation>Einstellungen …</translation>
  </message>
  <message>
   <source>Show all copies</source>
   <translation>Alle Kopien zeigen</translation>
  </message>
  <message>
   <source>Show every kind</source>
   <translation>Alle Arten zeigen</translation>
  </message>
  <message>
   <source>Show in folder</source>
   <translation>Im Ordner zeigen</translation>
  </message>
  <message>
   <source>Show log</source>
   <translation>Protokoll zeigen</translation>
  </message>
  <message>
   <source>Show weaker matches</source>
   <translation>Schwächere Treffer zeigen</translation>
  </message>
  <message>
   <source>Show weaker matches: 1 file</source>
   <translation>Schwächere Treffer zeigen: 1 Datei</translation>
  </message>
  <message>
   <source>Show weaker matches: {n} files</source>
   <translation>Schwächere Treffer zeigen: {n} Dateien</translation>
  </message>
  <message>
   <source>Show what looks the same</source>
   <translation>Zeigen, was gleich aussieht</translation>
  </message>
  <message>
   <source>Show which files, and why</source>
   <translation>Zeigen, welche Dateien und warum</translation>
  </message>
  <message>
   <source>Show {name} in its folder</source>
   <translation>{name} im Ordner zeigen</translation>
  </message>
  <message>
   <source>Sightline fetches nothing from the web. Save the picture first, and drop its file here.</source>
   <translation>Sightline holt nichts aus dem Netz. Speichern Sie das Bild zuerst und ziehen Sie die Datei hierher.</translation>
  </message>
  <message>
   <source>Sightline finds the fastest by itself.</source>
   <translation>Sightline findet das Schnellste selbst.</translation>
  </message>
  <message>
   <source>Sightline forgets the file in it.</source>
   <translation>Sightline vergisst die Datei darin.</translation>
  </message>
  <message>
   <source>Sightline forgets the {n} files in it.</source>
   <translation>Sightline vergisst die {n} Dateien darin.</translation>
  </message>
  <message>
   <source>Sightline has forgotten this file. It comes back when it changes.</source>
   <translation>Sightline hat diese Datei vergessen. Sie kommt wieder, wenn sie sich ändert.</translation>
  </message>
  <message>
   <source>Sightline has forgotten {n} files. They come back when they change.</source>
   <translation>Sightline hat {n} Dateien vergessen. Sie kommen wieder, wenn sie sich ändern.</translation>
  </message>
  <message>
   <source>Sightline is already running on {parent} (process {2}). Close it first, or use another --data-dir.</source>
   <translation>Sightline läuft schon mit {parent} (Prozess {2}). Beenden Sie es zuerst, oder nehmen Sie ein anderes --data-dir.</translation>
  </message>
  <message>
   <source>Sightline is closing.</source>
   <translation>Sightline wird beendet.</translation>
  </message>
  <message>
   <source>Sightline is offline (--offline): {name} cannot be fetched now.</source>
   <translation>Sightline ist offline (--offline): {name} kann jetzt nicht heruntergeladen werden.</translation>
  </message>
  <message>
   <source>Sightline is open already on {path} but does not answer. Close it first.</source>
   <translation>Sightline ist mit {path} schon offen, antwortet aber nicht. Beenden Sie es zuerst.</translation>
  </message>
  <message>
   <source>Sightline knows none of the file managers on this computer. Let yours start {command}, with the files after it.</source>
   <translation>Sightline kennt keine der Dateiverwaltungen auf diesem Computer. Lassen Sie Ihre {command} starten, mit den Dateien dahinter.</translation>
  </message>
  <message>
   <source>Sightline looks through your pictures, videos and documents, so that you can find them by what they show. Everything stays on this computer, and your files are never changed.</source>
   <translation>Sightline sieht Ihre Bilder, Videos und Dokumente durch, damit Sie sie danach finden, was sie zeigen. Alles bleibt auf diesem Computer, und Ihre Dateien werden nie verändert.</translation>
  </message>
  <message>
   <source>Sightline only looks where you tell it to.</source>
   <translation>Sightline sieht nur dort nach, wo Sie es wollen.</translation>
  </message>
  <message>
   <source>Sightline stopped each time it read this file; it may be damaged. Open it in another program to check, then try again.</source>
   <translation>Sightline blieb jedes Mal stehen, wenn es diese Datei las; vielleicht ist sie beschädigt. Öffnen Sie sie zur Probe in einem anderen Programm, und versuchen Sie es dann noch einmal.</translation>
  </message>
  <message>
   <source>Sightline then keeps its index up to date without its window.</source>
   <translation>Sightline hält seinen Index dann auch ohne Fenster aktuell.</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>Size of the index</source>
   <translation>Größe des Index</translation>
  </message>
  <message>
   <source>Smaller (−)</source>
   <translation>Kleiner (−)</translation>
  </message>
  <message>
   <source>Something else is at {path} now: connect “{volume_name}” again, or remove this folder from the list and add it anew.</source>
   <translation>Unter {path} ist jetzt etwas anderes: Schließen Sie „{volume_name}“ wieder an, oder entfernen Sie diesen Ordner aus der Liste und fügen Sie ihn neu hinzu.</translation>
  </message>
  <message>
   <source>Something went wrong in the engine. The log says more.</source>
   <translation>Im Suchdienst ist etwas schiefgegangen. Das Protokoll sagt mehr.</translation>
  </message>
  <message>
   <source>Something went wrong inside Sightline while reading it; the log has the details.</source>
   <translation>Beim Lesen ist in Sightline etwas schiefgegangen; Näheres steht im Protokoll.</translation>
  </message>
  <message>
   <source>Something went wrong inside Sightline while searching; the log has the details.</source>
   <translation>Beim Suchen ist in Sightline etwas schiefgegangen; Näheres steht im Protokoll.</translation>
  </message>
  <message>
   <source>Something went wrong inside Sightline; the log has the details.</source>
   <translation>In Sightline ist etwas schiefgegangen; Näheres steht im Protokoll.</translation>
  </message>
  <message>
   <source>Something went wrong. The log says more.</source>
   <translation>Etwas ist schiefgegangen. Das Protokoll sagt mehr.</translation>
  </message>
  <message>
   <source>Something went wrong; the log has the details.</source>
   <translation>Etwas ist schiefgegangen; Näheres steht im Protokoll.</translation>
  </message>
  <message>
   <source>Start</source>
   <translation>Los</translation>
  </message>
  <message>
   <source>Start with the desktop</source>
   <translation>Mit dem Desktop starten</translation>
  </message>
  <message>
   <source>Starting…</source>
   <translation>Wird gestartet …</translation>
  </message>
  <message>
   <source>Stay offline</source>
   <translation>Offline bleiben</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Stop and quit</source>
   <translation>Abbrechen und beenden</translation>
  </message>
  <message>
   <source>Stop copying?</source>
   <translation>Kopieren abbrechen?</translation>
  </message>
  <message>
   <source>Stopped. What has arrived is kept.</source>
   <translation>Angehalten. Was schon da ist, bleibt erhalten.</translation>
  </message>
  <message>
   <source>Strong</source>
   <translation>Stark</translation>
  </message>
  <message>
   <source>Strong match</source>
   <translation>Starker Treffer</translation>
  </message>
  <message>
   <source>Strong matches</source>
   <translation>Starke Treffer</translation>
  </message>
  <message>
   <source>Suggestions</source>
   <translation>Vorschläge</translation>
  </message>
  <message>
   <source>Tab opens the window</source>
   <translation>Tab öffnet das Fenster</translation>
  </message>
  <message>
   <source>Take away “{filter}”</source>
   <translation>„{filter}“ wegnehmen</translation>
  </message>
  <message>
   <source>Take back</source>
   <translation>Zurückholen</translation>
  </message>
  <message>
   <source>Taken</source>
   <translation>Aufgenommen</translation>
  </message>
  <message>
   <source>Tell me how many new files match</source>
   <translation>Sagen, wie viele neue Dateien passen</translation>
  </message>
  <message>
   <source>Text of the document</source>
   <translation>Text des Dokuments</translation>
  </message>
  <message>
   <source>That changes nothing now.</source>
   <translation>Das ändert jetzt nichts.</translation>
  </message>
  <message>
   <source>That picture could not be taken over. Save it and drop the file here.</source>
   <translation>Das Bild konnte nicht übernommen werden. Speichern Sie es und ziehen Sie die Datei hierher.</translation>
  </message>
  <message>
   <source>The best there is</source>
   <translation>Das Beste, was da ist</translation>
  </message>
  <message>
   <source>The built-in demo models understand drawn scenes, not real photos.</source>
   <translation>Die eingebauten Demo-Modelle verstehen gezeichnete Szenen, keine echten Fotos.</translation>
  </message>
  <message>
   <source>The built-in demo models understand drawn scenes, not real photos. Real ones are fetched once.</source>
   <translation>Die eingebauten Demo-Modelle verstehen gezeichnete Szenen, keine echten Fotos. Echte werden einmal heruntergeladen.</translation>
  </message>
  <message>
   <source>The built-in model folder {folder} is missing; install Sightline again.</source>
   <translation>Der eingebaute Modellordner {folder} fehlt; installieren Sie Sightline neu.</translation>
  </message>
  <message>
   <source>The connection broke off: trying again…</source>
   <translation>Die Verbindung ist abgebrochen: neuer Versuch …</translation>
  </message>
  <message>
   <source>The contact sheet could not be written: {why} Choose another place.</source>
   <translation>Der Kontaktbogen konnte nicht geschrieben werden: {why} Wählen Sie einen anderen Ort.</translation>
  </message>
  <message>
   <source>The contact sheet is in {file}.</source>
   <translation>Der Kontaktbogen liegt in {file}.</translation>
  </message>
  <message>
   <source>The contact sheet was not made, because you stopped it.</source>
   <translation>Der Kontaktbogen ist nicht entstanden, weil Sie abgebrochen haben.</translation>
  </message>
  <message>
   <source>The desktop did not let Sightline see the screen.</source>
   <translation>Der Desktop hat Sightline den Bildschirm nicht sehen lassen.</translation>
  </message>
  <message>
   <source>The disk has no room for it.</source>
   <translation>Der Datenträger hat keinen Platz dafür.</translation>
  </message>
  <message>
   <source>The disk is full: free some space on the disk that holds {parent}, so that indexing can go on. What is already indexed is kept.</source>
   <translation>Der Datenträger ist voll: Schaffen Sie Platz auf dem, der {parent} enthält, damit weiter indexiert werden kann. Was schon indexiert ist, bleibt erhalten.</translation>
  </message>
  <message>
   <source>The disk is full: free some space, so that indexing can go on. What is already indexed is kept.</source>
   <translation>Der Datenträger ist voll: Schaffen Sie Platz, damit weiter indexiert werden kann. Was schon indexiert ist, bleibt erhalten.</translation>
  </message>
  <message>
   <source>The disk of {checkpoints} is full; make room and try again: it goes on where it was.</source>
   <translation>Der Datenträger von {checkpoints} ist voll; schaffen Sie Platz, und starten Sie den Download noch einmal, damit er weitergeht.</translation>
  </message>
  <message>
   <source>The disk or server that it is on does not answer now.</source>
   <translation>Der Datenträger oder Server, auf dem sie liegt, antwortet gerade nicht.</translation>
  </message>
  <message>
   <source>The disk that holds {parent} reports an error: check the disk and its connection, then try again.</source>
   <translation>Der Datenträger, der {parent} enthält, meldet einen Fehler: Prüfen Sie ihn und seinen Anschluss, und versuchen Sie es dann noch einmal.</translation>
  </message>
  <message>
   <source>The disk with {name} does not answer. Try again when it is connected.</source>
   <translation>Der Datenträger mit {name} antwortet nicht. Versuchen Sie es noch einmal, wenn er angeschlossen ist.</translation>
  </message>
  <message>
   <source>The download was stopped; what has arrived is kept.</source>
   <translation>Der Download wurde angehalten; was schon da ist, bleibt erhalten.</translation>
  </message>
  <message>
   <source>The engine could not be started. Please install Sightline again.</source>
   <translation>Der Suchdienst konnte nicht gestartet werden. Bitte installieren Sie Sightline neu.</translation>
  </message>
  <message>
   <source>The engine is not running</source>
   <translation>Der Suchdienst läuft nicht</translation>
  </message>
  <message>
   <source>The engine keeps stopping. Your files and what was found are safe.</source>
   <translation>Der Suchdienst bricht immer wieder ab. Ihre Dateien und das Gefundene sind sicher.</translation>
  </message>
  <message>
   <source>The engine refused to start. The log says why.</source>
   <translation>Der Suchdienst wollte nicht starten. Das Protokoll sagt, warum.</translation>
  </message>
  <message>
   <source>The engine stopped and is being started again…</source>
   <translation>Der Suchdienst hat abgebrochen und wird neu gestartet …</translation>
  </message>
  <message>
   <source>The engine stopped before it could answer. Please try again.</source>
   <translation>Der Suchdienst brach ab, bevor er antworten konnte. Bitte noch einmal versuchen.</translation>
  </message>
  <message>
   <source>The engine was started anew. Please try again.</source>
   <translation>Der Suchdienst wurde neu gestartet. Bitte noch einmal versuchen.</translation>
  </message>
  <message>
   <source>The file is damaged; what could be read of it is indexed.</source>
   <translation>Die Datei ist beschädigt; was davon lesbar war, ist indexiert.</translation>
  </message>
  <message>
   <source>The files cannot be shown</source>
   <translation>Die Dateien können nicht gezeigt werden</translation>
  </message>
  <message>
   <source>The film could not be kept: {strerror}. Make some room on the disk.</source>
   <translation>Der Film konnte nicht abgelegt werden: {strerror}. Schaffen Sie Platz auf dem Datenträger.</translation>
  </message>
  <message>
   <source>The first files appear here in a moment. You can already search for names.</source>
   <translation>Die ersten Dateien erscheinen gleich hier. Nach Namen können Sie schon suchen.</translation>
  </message>
  <message>
   <source>The folder {folder} cannot be read: {strerror}. Allow reading it.</source>
   <translation>Der Ordner {folder} ist nicht lesbar: {strerror}. Erlauben Sie, ihn zu lesen.</translation>
  </message>
  <message>
   <source>The folder {folder} does not answer: see whether its disk or server can be reached.</source>
   <translation>Der Ordner {folder} antwortet nicht: Sehen Sie nach, ob sein Datenträger oder Server erreichbar ist.</translation>
  </message>
  <message>
   <source>The folder {path} is not there; it is looked for every {n} seconds.</source>
   <translation>Der Ordner {path} ist nicht da; alle {n} Sekunden wird nach ihm gesehen.</translation>
  </message>
  <message>
   <source>The folder {root} cannot be read ({2}).</source>
   <translation>Der Ordner {root} ist nicht lesbar ({2}).</translation>
  </message>
  <message>
   <source>The folder {root} cannot be read. Allow this user to open it.</source>
   <translation>Der Ordner {root} ist nicht lesbar. Erlauben Sie diesem Benutzer, ihn zu öffnen.</translation>
  </message>
  <message>
   <source>The folder {root} does not exist. Check its name, or connect the drive it is on.</source>
   <translation>Den Ordner {root} gibt es nicht. Prüfen Sie seinen Namen, oder schließen Sie das Laufwerk an, auf dem er liegt.</translation>
  </message>
  <message>
   <source>The folders, how far each is, and what could not be read.</source>
   <translation>Die Ordner, wie weit jeder ist und was nicht gelesen werden konnte.</translation>
  </message>
  <message>
   <source>The frames of a clip must all have the same size.</source>
   <translation>Die Bilder eines Clips müssen alle gleich groß sein.</translation>
  </message>
  <message>
   <source>The index cannot be written ({1}): check the data directory, so that indexing can go on.</source>
   <translation>Der Index kann nicht geschrieben werden ({1}): Prüfen Sie das Datenverzeichnis, damit weiter indexiert werden kann.</translation>
  </message>
  <message>
   <source>The index has just changed to another embedder: ask again.</source>
   <translation>Der Index ist gerade zu einem anderen Embedder gewechselt: Suchen Sie noch einmal.</translation>
  </message>
  <message>
   <source>The index {path} cannot be opened for writing: check that the folder exists and that you may write there, or choose another folder with --data-dir.</source>
   <translation>Der Index {path} lässt sich nicht zum Schreiben öffnen: Prüfen Sie, ob es den Ordner gibt und ob Sie dort schreiben dürfen, oder wählen Sie mit --data-dir einen anderen Ordner.</translation>
  </message>
  <message>
   <source>The index {path} is damaged or no Sightline index: mend it with `sightline check --repair`, or move it away and index your folders again; your own files are untouched.</source>
   <translation>Der Index {path} ist beschädigt oder kein Index von Sightline: Reparieren Sie ihn mit `sightline check --repair`, oder legen Sie ihn beiseite und indexieren Sie Ihre Ordner neu; Ihre eigenen Dateien sind unberührt.</translation>
  </message>
  <message>
   <source>The index, previews, settings, logs and downloaded models are deleted, and Sightline ends. Your own files stay as they are. This cannot be undone.</source>
   <translation>Index, Vorschauen, Einstellungen, Protokolle und heruntergeladene Modelle werden gelöscht, und Sightline endet. Ihre eigenen Dateien bleiben, wie sie sind. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <source>The libraries for the models are incomplete ({error}); install Sightline again.</source>
   <translation>Die Bibliotheken für die Modelle sind unvollständig ({error}); installieren Sie Sightline neu.</translation>
  </message>
  <message>
   <source>The list of programs that start with the desktop cannot be changed: {reason}.</source>
   <translation>Die Liste der Programme, die mit dem Desktop starten, lässt sich nicht ändern: {reason}.</translation>
  </message>
  <message>
   <source>The menu of the file manager cannot be changed: {reason}.</source>
   <translation>Das Menü der Dateiverwaltung kann nicht geändert werden: {reason}.</translation>
  </message>
  <message>
   <source>The model could not read it ({name}).</source>
   <translation>Das Modell konnte die Datei nicht lesen ({name}).</translation>
  </message>
  <message>
   <source>The model folder {folder} is empty; copy all files of the model there.</source>
   <translation>Der Modellordner {folder} ist leer; kopieren Sie alle Dateien des Modells dorthin.</translation>
  </message>
  <message>
   <source>The model in {folder} has been replaced; start Sightline again.</source>
   <translation>Das Modell in {folder} wurde ersetzt; starten Sie Sightline neu.</translation>
  </message>
  <message>
   <source>The model {name} could not be loaded ({name2}); choose another one with `sightline models use`, or see the log.</source>
   <translation>Das Modell {name} konnte nicht geladen werden ({name2}); wählen Sie in den Einstellungen ein anderes, oder sehen Sie ins Protokoll.</translation>
  </message>
  <message>
   <source>The model's numbers overflow for this input on this {device} device; choose --device cpu.</source>
   <translation>Die Zahlen des Modells laufen bei dieser Eingabe auf diesem Gerät ({device}) über; wählen Sie --device cpu.</translation>
  </message>
  <message>
   <source>The model's numbers overflow for this input on this {device} device; if it happens with others too, fetch the model again.</source>
   <translation>Die Zahlen des Modells laufen bei dieser Eingabe auf diesem Gerät ({device}) über; geschieht es auch bei anderen, laden Sie das Modell noch einmal herunter.</translation>
  </message>
  <message>
   <source>The most accurate embedder; about four times slower and for cards with 24 GB.</source>
   <translation>Der genaueste Embedder; etwa viermal langsamer und für Karten mit 24 GB.</translation>
  </message>
  <message>
   <source>The most accurate reranker; about four times slower and for cards with 24 GB.</source>
   <translation>Der genaueste Reranker; etwa viermal langsamer und für Karten mit 24 GB.</translation>
  </message>
  <message>
   <source>The pattern {line} makes no sense: write it as in a .gitignore, such as *.tmp or /Old/.</source>
   <translation>Das Muster {line} ergibt keinen Sinn: Schreiben Sie es wie in einer .gitignore, etwa *.tmp oder /Alt/.</translation>
  </message>
  <message>
   <source>The picture could not be kept: {strerror}. Make some room on the disk.</source>
   <translation>Das Bild konnte nicht abgelegt werden: {strerror}. Schaffen Sie Platz auf dem Datenträger.</translation>
  </message>
  <message>
   <source>The picture is on the clipboard.</source>
   <translation>Das Bild ist in der Zwischenablage.</translation>
  </message>
  <message>
   <source>The pictures and the instruction alone need more than {most} tokens; give fewer.</source>
   <translation>Die Bilder und die Anweisung allein brauchen mehr als {most} Tokens; nehmen Sie weniger.</translation>
  </message>
  <message>
   <source>The processor in float32, as asked for.</source>
   <translation>Der Prozessor in float32, wie gewünscht.</translation>
  </message>
  <message>
   <source>The processor in float32, because no graphics card that PyTorch can use was found.</source>
   <translation>Der Prozessor in float32, weil keine Grafikkarte gefunden wurde, die PyTorch nutzen kann.</translation>
  </message>
  <message>
   <source>The processor is hot; indexing goes on when it has cooled down.</source>
   <translation>Der Prozessor ist heiß; das Indexieren geht weiter, sobald er abgekühlt ist.</translation>
  </message>
  <message>
   <source>The processor, because no graphics card that PyTorch can use was found, in bfloat16, which is faster here than float32.</source>
   <translation>Der Prozessor, weil keine Grafikkarte gefunden wurde, die PyTorch nutzen kann, in bfloat16, das hier schneller ist als float32.</translation>
  </message>
  <message>
   <source>The program that reads files cannot be started ({1}): close other programs, and it is tried again.</source>
   <translation>Das Programm, das Dateien liest, kann nicht gestartet werden ({1}): Schließen Sie andere Programme, dann wird es noch einmal versucht.</translation>
  </message>
  <message>
   <source>The screen cannot be seen from here.</source>
   <translation>Der Bildschirm ist von hier aus nicht zu sehen.</translation>
  </message>
  <message>
   <source>The search is not running</source>
   <translation>Die Suche läuft nicht</translation>
  </message>
  <message>
   <source>The system ended the program that was reading it, as it does when memory runs short. Try again when more of it is free.</source>
   <translation>Das System hat das Programm beendet, das die Datei las, wie es bei knappem Speicher geschieht. Versuchen Sie es noch einmal, wenn mehr davon frei ist.</translation>
  </message>
  <message>
   <source>The tokenizer knows no {token}: choose a Qwen3-VL embedding or reranker model.</source>
   <translation>Der Tokenizer kennt kein {token}: Wählen Sie ein Qwen3-VL-Modell zum Embedden oder Reranken.</translation>
  </message>
  <message>
   <source>The usual</source>
   <translation>So viel wie üblich</translation>
  </message>
  <message>
   <source>The weights in {folder} do not fit their config.json ({reason}); copy the model's files again.</source>
   <translation>Die Gewichte in {folder} passen nicht zu ihrer config.json ({reason}); kopieren Sie die Dateien des Modells noch einmal.</translation>
  </message>
  <message>
   <source>The weights in {folder} hold unknown tensors ({some}); use a complete Qwen3-VL model folder.</source>
   <translation>Die Gewichte in {folder} enthalten unbekannte Tensoren ({some}); nehmen Sie einen vollständigen Qwen3-VL-Modellordner.</translation>
  </message>
  <message>
   <source>The weights in {folder} hold values that are no numbers ({2}); fetch or copy the model again.</source>
   <translation>Die Gewichte in {folder} enthalten Werte, die keine Zahlen sind ({2}); laden Sie das Modell noch einmal herunter, oder kopieren Sie es noch einmal.</translation>
  </message>
  <message>
   <source>The weights in {folder} hold wrongly sized tensors ({some}); use a complete Qwen3-VL model folder.</source>
   <translation>Die Gewichte in {folder} enthalten Tensoren falscher Größe ({some}); nehmen Sie einen vollständigen Qwen3-VL-Modellordner.</translation>
  </message>
  <message>
   <source>The weights in {folder} lack tensors ({some}); use a complete Qwen3-VL model folder.</source>
   <translation>Den Gewichten in {folder} fehlen Tensoren ({some}); nehmen Sie einen vollständigen Qwen3-VL-Modellordner.</translation>
  </message>
  <message>
   <source>The window and its engine are of different versions. Please install Sightline again.</source>
   <translation>Fenster und Suchdienst haben verschiedene Versionen. Bitte installieren Sie Sightline neu.</translation>
  </message>
  <message>
   <source>The words in pictures cannot be read: the libraries for that are missing; install Sightline again.</source>
   <translation>Die Wörter in Bildern können nicht gelesen werden: Die Bibliotheken dafür fehlen; installieren Sie Sightline neu.</translation>
  </message>
  <message>
   <source>There is no device called {wanted}; choose one of {2}.</source>
   <translation>Ein Gerät namens {wanted} gibt es nicht; wählen Sie eines von {2}.</translation>
  </message>
  <message>
   <source>There is no file manager on this computer to show {name}.</source>
   <translation>Auf diesem Computer gibt es keine Dateiverwaltung, die {name} zeigen könnte.</translation>
  </message>
  <message>
   <source>There is no folder {folder}: check the path.</source>
   <translation>Den Ordner {folder} gibt es nicht: Prüfen Sie den Pfad.</translation>
  </message>
  <message>
   <source>There is no model called {name} to fetch: choose {names}.</source>
   <translation>Ein Modell namens {name} lässt sich nicht herunterladen: Wählen Sie {names}.</translation>
  </message>
  <message>
   <source>There is no model folder {folder}; check the path.</source>
   <translation>Den Modellordner {folder} gibt es nicht; prüfen Sie den Pfad.</translation>
  </message>
  <message>
   <source>There is no other copy of {name}.</source>
   <translation>Es gibt keine andere Kopie von {name}.</translation>
  </message>
  <message>
   <source>There is no picture in it to copy.</source>
   <translation>Es ist kein Bild darin, das man kopieren könnte.</translation>
  </message>
  <message>
   <source>There is no program on this computer to open {name}.</source>
   <translation>Auf diesem Computer gibt es kein Programm, das {name} öffnet.</translation>
  </message>
  <message>
   <source>There is no such setting.</source>
   <translation>So eine Einstellung gibt es nicht.</translation>
  </message>
  <message>
   <source>There is no {role} called {wanted} and no such folder; choose {names} or a model folder.</source>
   <translation>Weder ein Modell ({role}) noch ein Ordner heißt {wanted}; wählen Sie {names} oder einen Modellordner.</translation>
  </message>
  <message>
   <source>There is nothing here yet</source>
   <translation>Hier ist noch nichts</translation>
  </message>
  <message>
   <source>These files are found by name only. Everything else went on without them.</source>
   <translation>Diese Dateien werden nur nach Namen gefunden. Alles andere ging ohne sie weiter.</translation>
  </message>
  <message>
   <source>These files, or parts of them, were left out: unknown formats, very long or damaged files.</source>
   <translation>Diese Dateien oder Teile davon wurden ausgelassen: unbekannte Formate, sehr lange oder beschädigte Dateien.</translation>
  </message>
  <message>
   <source>These keys already mean “{name}”.</source>
   <translation>Diese Tasten bedeuten schon „{name}“.</translation>
  </message>
  <message>
   <source>These keys work everywhere. The command {command} does the same.</source>
   <translation>Diese Tasten wirken überall. Der Befehl {command} tut dasselbe.</translation>
  </message>
  <message>
   <source>These {n} folders are searchable already.</source>
   <translation>Diese {n} Ordner sind schon durchsuchbar.</translation>
  </message>
  <message>
   <source>They are loaded again, in some seconds, when they are needed.</source>
   <translation>Sie werden in einigen Sekunden wieder geladen, wenn sie gebraucht werden.</translation>
  </message>
  <message>
   <source>This computer has too little memory left to open {name}; close other programs.</source>
   <translation>Auf diesem Computer ist zu wenig Speicher frei, um {name} zu öffnen; schließen Sie andere Programme.</translation>
  </message>
  <message>
   <source>This computer runs on battery; indexing goes on when it is plugged in.</source>
   <translation>Dieser Computer läuft im Akkubetrieb; das Indexieren geht weiter, sobald er am Netz ist.</translation>
  </message>
  <message>
   <source>This desktop does not let programs see the screen. Take a screenshot with its own tool and paste it here.</source>
   <translation>Dieser Desktop lässt Programme den Bildschirm nicht sehen. Machen Sie mit seinem eigenen Werkzeug ein Bildschirmfoto und fügen Sie es hier ein.</translation>
  </message>
  <message>
   <source>This desktop gives programs no keys of their own. Open its keyboard settings and bind a key to the command {command}.</source>
   <translation>Dieser Desktop gibt Programmen keine eigenen Tasten. Öffnen Sie seine Tastatureinstellungen und legen Sie den Befehl {command} auf eine Taste.</translation>
  </message>
  <message>
   <source>This file is left out from now on.</source>
   <translation>Diese Datei wird ab jetzt ausgelassen.</translation>
  </message>
  <message>
   <source>This index was made by the embedder {made_by} and cannot be searched with {wanted}: use the same embedder, embed everything again with `sightline models use {wanted}`, or choose another folder with --data-dir.</source>
   <translation>Diesen Index hat der Embedder {made_by} gemacht, und er lässt sich nicht mit {wanted} durchsuchen: Nehmen Sie denselben Embedder, lassen Sie mit `sightline models use {wanted}` alles neu ansehen, oder wählen Sie mit --data-dir einen anderen Ordner.</translation>
  </message>
  <message>
   <source>This index was made by {made_by} with another --budget or other --weights: embed everything again with `sightline models use {wanted}`, or choose another folder with --data-dir.</source>
   <translation>Diesen Index hat {made_by} mit anderem --budget oder anderen --weights gemacht: Lassen Sie mit `sightline models use {wanted}` alles neu ansehen, oder wählen Sie mit --data-dir einen anderen Ordner.</translation>
  </message>
  <message>
   <source>This index was written by a newer Sightline: update Sightline, or choose another folder with --data-dir.</source>
   <translation>Diesen Index hat ein neueres Sightline geschrieben: Aktualisieren Sie Sightline, oder wählen Sie mit --data-dir einen anderen Ordner.</translation>
  </message>
  <message>
   <source>This machine has no Apple GPU that PyTorch can use; choose --device auto or cpu.</source>
   <translation>Dieser Computer hat keine Apple-GPU, die PyTorch nutzen kann; wählen Sie --device auto oder cpu.</translation>
  </message>
  <message>
   <source>This month</source>
   <translation>Dieser Monat</translation>
  </message>
  <message>
   <source>This picture cannot be used as a picture to search by. {error}</source>
   <translation>Mit diesem Bild lässt sich nicht suchen. {error}</translation>
  </message>
  <message>
   <source>This picture cannot be used to search by: it came through damaged.</source>
   <translation>Mit diesem Bild lässt sich nicht suchen: Es kam beschädigt an.</translation>
  </message>
  <message>
   <source>This picture is too large to search by: take a smaller part of the screen.</source>
   <translation>Dieses Bild ist zum Suchen zu groß: Nehmen Sie einen kleineren Teil des Bildschirms.</translation>
  </message>
  <message>
   <source>This search did not work</source>
   <translation>Diese Suche hat nicht geklappt</translation>
  </message>
  <message>
   <source>This system allows no more programs to watch folders (raise fs.inotify.max_user_instances)</source>
   <translation>Dieses System erlaubt keinen weiteren Programmen, Ordner zu überwachen (erhöhen Sie fs.inotify.max_user_instances)</translation>
  </message>
  <message>
   <source>This system allows no more watched folders (raise fs.inotify.max_user_watches)</source>
   <translation>Dieses System erlaubt keine weiteren überwachten Ordner (erhöhen Sie fs.inotify.max_user_watches)</translation>
  </message>
  <message>
   <source>This year</source>
   <translation>Dieses Jahr</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>Titel</translation>
  </message>
  <message>
   <source>To</source>
   <translation>Bis</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>Heute</translation>
  </message>
  <message>
   <source>Together</source>
   <translation>Zusammen</translation>
  </message>
  <message>
   <source>Too large for this computer, which has {size} for models.</source>
   <translation>Zu groß für diesen Computer, der {size} für Modelle hat.</translation>
  </message>
  <message>
   <source>Try</source>
   <translation>Versuchen Sie</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Noch einmal versuchen</translation>
  </message>
  <message>
   <source>Try all again</source>
   <translation>Alle noch einmal versuchen</translation>
  </message>
  <message>
   <source>Try fewer or other words, say what the picture shows, or search by a picture.</source>
   <translation>Versuchen Sie weniger oder andere Wörter, sagen Sie, was das Bild zeigt, oder suchen Sie mit einem Bild.</translation>
  </message>
  <message>
   <source>Try: {text}</source>
   <translation>Versuchen Sie: {text}</translation>
  </message>
  <message>
   <source>Twice the usual</source>
   <translation>Doppelt so viel wie üblich</translation>
  </message>
  <message>
   <source>Under 10 seconds</source>
   <translation>Unter 10 Sekunden</translation>
  </message>
  <message>
   <source>Under a minute</source>
   <translation>Unter einer Minute</translation>
  </message>
  <message>
   <source>Understanding pictures… results will improve in a moment.</source>
   <translation>Bilder werden verstanden … die Ergebnisse werden gleich besser.</translation>
  </message>
  <message>
   <source>Understands photos, screenshots, pages, clips and text; fits most graphics cards with 8 GB.</source>
   <translation>Versteht Fotos, Bildschirmfotos, Seiten, Clips und Text; passt auf die meisten Grafikkarten mit 8 GB.</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Until I resume</source>
   <translation>Bis ich fortsetze</translation>
  </message>
  <message>
   <source>Until tomorrow</source>
   <translation>Bis morgen</translation>
  </message>
  <message>
   <source>Use</source>
   <translation>Verwenden</translation>
  </message>
  <message>
   <source>Use everything now</source>
   <translation>Jetzt alles nutzen</translation>
  </message>
  <message>
   <source>Use {name}</source>
   <translation>{name} verwenden</translation>
  </message>
  <message>
   <source>Video</source>
   <translation>Video</translation>
  </message>
  <message>
   <source>Videos</source>
   <translation>Videos</translation>
  </message>
  <message>
   <source>Wait for it</source>
   <translation>Warten</translation>
  </message>
  <message>
   <source>Waits for nothing until all is done: the computer may be slow meanwhile</source>
   <translation>Wartet auf nichts, bis alles fertig ist: Der Computer kann solange langsam sein</translation>
  </message>
  <message>
   <source>Weak</source>
   <translation>Schwach</translation>
  </message>
  <message>
   <source>Weak match</source>
   <translation>Schwacher Treffer</translation>
  </message>
  <message>
   <source>Weak matches</source>
   <translation>Schwache Treffer</translation>
  </message>
  <message>
   <source>What Sightline keeps on this computer</source>
   <translation>Was Sightline auf diesem Computer aufbewahrt</translation>
  </message>
  <message>
   <source>What follows its page {1} cannot be read.</source>
   <translation>Was auf Seite {1} folgt, lässt sich nicht lesen.</translation>
  </message>
  <message>
   <source>What is left out</source>
   <translation>Was ausgelassen wird</translation>
  </message>
  <message>
   <source>What is nested more than {max_depth} times in a message is not read.</source>
   <translation>Was in einer Nachricht mehr als {max_depth}-mal verschachtelt ist, wird nicht gelesen.</translation>
  </message>
  <message>
   <source>What it shows fits your search</source>
   <translation>Was es zeigt, passt zur Suche</translation>
  </message>
  <message>
   <source>What should understand your files?</source>
   <translation>Was soll Ihre Dateien verstehen?</translation>
  </message>
  <message>
   <source>What understands your files</source>
   <translation>Was Ihre Dateien versteht</translation>
  </message>
  <message>
   <source>When the window is closed</source>
   <translation>Wenn das Fenster geschlossen wird</translation>
  </message>
  <message>
   <source>Where Sightline looks</source>
   <translation>Wo Sightline nachsieht</translation>
  </message>
  <message>
   <source>Where models run</source>
   <translation>Wo Modelle laufen</translation>
  </message>
  <message>
   <source>Where should it look?</source>
   <translation>Wo soll es nachsehen?</translation>
  </message>
  <message>
   <source>Which folder holds the model?</source>
   <translation>In welchem Ordner liegt das Modell?</translation>
  </message>
  <message>
   <source>Which folder should Sightline look at?</source>
   <translation>Welchen Ordner soll Sightline ansehen?</translation>
  </message>
  <message>
   <source>With less, files are found a little less surely. For more, all are looked at again.</source>
   <translation>Mit weniger werden Dateien etwas weniger sicher gefunden. Für mehr werden alle noch einmal angesehen.</translation>
  </message>
  <message>
   <source>Without “{filter}”: 1 file</source>
   <translation>Ohne „{filter}“: 1 Datei</translation>
  </message>
  <message>
   <source>Without “{filter}”: {n} files</source>
   <translation>Ohne „{filter}“: {n} Dateien</translation>
  </message>
  <message>
   <source>Without: {text}</source>
   <translation>Ohne: {text}</translation>
  </message>
  <message>
   <source>Work on battery</source>
   <translation>Im Akkubetrieb arbeiten</translation>
  </message>
  <message>
   <source>Work only at these hours</source>
   <translation>Nur zu diesen Zeiten arbeiten</translation>
  </message>
  <message>
   <source>Work while a program fills the screen</source>
   <translation>Arbeiten, während ein Programm den Bildschirm füllt</translation>
  </message>
  <message>
   <source>Year or month</source>
   <translation>Jahr oder Monat</translation>
  </message>
  <message>
   <source>Yesterday</source>
   <translation>Gestern</translation>
  </message>
  <message>
   <source>You did not want to see these any more.</source>
   <translation>Diese wollten Sie nicht mehr sehen.</translation>
  </message>
  <message>
   <source>Your desktop has no keys for this yet: set them in its settings.</source>
   <translation>Ihr Desktop hat dafür noch keine Tasten: Legen Sie sie in seinen Einstellungen fest.</translation>
  </message>
  <message>
   <source>Your desktop says: {keys}. Its keyboard settings can change that.</source>
   <translation>Ihr Desktop sagt: {keys}. In seinen Tastatureinstellungen lässt sich das ändern.</translation>
  </message>
  <message>
   <source>a 7z archive</source>
   <translation>ein 7z-Archiv</translation>
  </message>
  <message>
   <source>a PostScript file</source>
   <translation>eine PostScript-Datei</translation>
  </message>
  <message>
   <source>a RAR archive</source>
   <translation>ein RAR-Archiv</translation>
  </message>
  <message>
   <source>a ZIP archive or an Office document</source>
   <translation>ein ZIP-Archiv oder ein Office-Dokument</translation>
  </message>
  <message>
   <source>a bzip2 archive</source>
   <translation>ein bzip2-Archiv</translation>
  </message>
  <message>
   <source>a gzip archive</source>
   <translation>ein gzip-Archiv</translation>
  </message>
  <message>
   <source>a program</source>
   <translation>ein Programm</translation>
  </message>
  <message>
   <source>a sound file</source>
   <translation>eine Tondatei</translation>
  </message>
  <message>
   <source>a zstd archive</source>
   <translation>ein zstd-Archiv</translation>
  </message>
  <message>
   <source>about a minute</source>
   <translation>etwa eine Minute</translation>
  </message>
  <message>
   <source>about {n} days</source>
   <translation>etwa {n} Tage</translation>
  </message>
  <message>
   <source>about {n} hours</source>
   <translation>etwa {n} Stunden</translation>
  </message>
  <message>
   <source>about {n} minutes</source>
   <translation>etwa {n} Minuten</translation>
  </message>
  <message>
   <source>an SQLite database</source>
   <translation>eine SQLite-Datenbank</translation>
  </message>
  <message>
   <source>an empty ZIP archive</source>
   <translation>ein leeres ZIP-Archiv</translation>
  </message>
  <message>
   <source>an old or a locked Office document</source>
   <translation>ein altes oder gesperrtes Office-Dokument</translation>
  </message>
  <message>
   <source>an xz archive</source>
   <translation>ein xz-Archiv</translation>
  </message>
  <message>
   <source>as they stood before the second look</source>
   <translation>wie sie vor dem zweiten Blick standen</translation>
  </message>
  <message>
   <source>before a day, month or year</source>
   <translation>vor einem Tag, Monat oder Jahr</translation>
  </message>
  <message>
   <source>before {day}</source>
   <translation>vor {day}</translation>
  </message>
  <message>
   <source>camera or lens</source>
   <translation>Kamera oder Objektiv</translation>
  </message>
  <message>
   <source>changing to another model: {share}</source>
   <translation>Wechsel zu einem anderen Modell: {share}</translation>
  </message>
  <message>
   <source>choose photo, screenshot, video or document</source>
   <translation>wählen Sie photo, screenshot, video oder document</translation>
  </message>
  <message>
   <source>choose relevance, newest, oldest, name or size</source>
   <translation>wählen Sie relevance, newest, oldest, name oder size</translation>
  </message>
  <message>
   <source>d MMM yyyy</source>
   <translation>d. MMM yyyy</translation>
  </message>
  <message>
   <source>document</source>
   <translation>Dokument</translation>
  </message>
  <message>
   <source>ending of the file, such as jpg</source>
   <translation>Endung der Datei, etwa jpg</translation>
  </message>
  <message>
   <source>exit code {code}</source>
   <translation>Rückgabewert {code}</translation>
  </message>
  <message>
   <source>folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>in {folders}</source>
   <translation>in {folders}</translation>
  </message>
  <message>
   <source>it is no longer there.</source>
   <translation>sie ist nicht mehr da.</translation>
  </message>
  <message>
   <source>last seen {date}</source>
   <translation>zuletzt gesehen {date}</translation>
  </message>
  <message>
   <source>length at least {low}</source>
   <translation>Länge mindestens {low}</translation>
  </message>
  <message>
   <source>length at most {high}</source>
   <translation>Länge höchstens {high}</translation>
  </message>
  <message>
   <source>length of a video, such as &lt;1m</source>
   <translation>Länge eines Videos, etwa &lt;1m</translation>
  </message>
  <message>
   <source>length {low} to {high}</source>
   <translation>Länge {low} bis {high}</translation>
  </message>
  <message>
   <source>licence {name}</source>
   <translation>Lizenz {name}</translation>
  </message>
  <message>
   <source>looking closer…</source>
   <translation>genauer hinsehen …</translation>
  </message>
  <message>
   <source>macOS does not let Sightline see the screen yet. Allow it in the System Settings, under Privacy &amp; Security, Screen Recording, then start Sightline again.</source>
   <translation>macOS lässt Sightline den Bildschirm noch nicht sehen. Erlauben Sie es in den Systemeinstellungen unter Datenschutz &amp; Sicherheit, Bildschirmaufnahme, und starten Sie Sightline neu.</translation>
  </message>
  <message>
   <source>model {name}</source>
   <translation>Modell {name}</translation>
  </message>
  <message>
   <source>more than {counts}</source>
   <translation>mehr als {counts}</translation>
  </message>
  <message>
   <source>needs {size} of memory</source>
   <translation>braucht {size} Arbeitsspeicher</translation>
  </message>
  <message>
   <source>new since you last looked; Enter shows all</source>
   <translation>neu, seit Sie zuletzt nachgesehen haben; Enter zeigt alle</translation>
  </message>
  <message>
   <source>newest</source>
   <translation>neueste</translation>
  </message>
  <message>
   <source>not {label}</source>
   <translation>nicht {label}</translation>
  </message>
  <message>
   <source>nothing yet</source>
   <translation>noch nichts</translation>
  </message>
  <message>
   <source>oldest</source>
   <translation>älteste</translation>
  </message>
  <message>
   <source>on a day, in a month, in a year</source>
   <translation>an einem Tag, in einem Monat, in einem Jahr</translation>
  </message>
  <message>
   <source>on this computer already</source>
   <translation>schon auf diesem Computer</translation>
  </message>
  <message>
   <source>order of the results</source>
   <translation>Reihenfolge der Ergebnisse</translation>
  </message>
  <message>
   <source>p. {n}</source>
   <translation>S. {n}</translation>
  </message>
  <message>
   <source>photo</source>
   <translation>Foto</translation>
  </message>
  <message>
   <source>photo, screenshot, video or document</source>
   <translation>Foto, Bildschirmfoto, Video oder Dokument</translation>
  </message>
  <message>
   <source>plays without sound: Enter opens it with sound</source>
   <translation>läuft ohne Ton: Enter öffnet es mit Ton</translation>
  </message>
  <message>
   <source>screenshot</source>
   <translation>Bildschirmfoto</translation>
  </message>
  <message>
   <source>since a day, month or year</source>
   <translation>seit einem Tag, Monat oder Jahr</translation>
  </message>
  <message>
   <source>since {day}</source>
   <translation>seit {day}</translation>
  </message>
  <message>
   <source>size at least {low}</source>
   <translation>Größe mindestens {low}</translation>
  </message>
  <message>
   <source>size at most {high}</source>
   <translation>Größe höchstens {high}</translation>
  </message>
  <message>
   <source>size {low} to {high}</source>
   <translation>Größe {low} bis {high}</translation>
  </message>
  <message>
   <source>size, such as &gt;5MB</source>
   <translation>Größe, etwa &gt;5MB</translation>
  </message>
  <message>
   <source>sorted by name</source>
   <translation>nach Namen sortiert</translation>
  </message>
  <message>
   <source>sorted by relevance</source>
   <translation>nach Relevanz sortiert</translation>
  </message>
  <message>
   <source>sorted by size</source>
   <translation>nach Größe sortiert</translation>
  </message>
  <message>
   <source>stars, at least</source>
   <translation>Sterne, mindestens</translation>
  </message>
  <message>
   <source>taken in {places}</source>
   <translation>aufgenommen in {places}</translation>
  </message>
  <message>
   <source>taken with {cameras}</source>
   <translation>aufgenommen mit {cameras}</translation>
  </message>
  <message>
   <source>that is not allowed.</source>
   <translation>das ist nicht erlaubt.</translation>
  </message>
  <message>
   <source>the connection ended early</source>
   <translation>die Verbindung endete vorzeitig</translation>
  </message>
  <message>
   <source>the disk is full.</source>
   <translation>der Datenträger ist voll.</translation>
  </message>
  <message>
   <source>the folder is no longer there.</source>
   <translation>den Ordner gibt es nicht mehr.</translation>
  </message>
  <message>
   <source>the order cannot be excluded: take the minus away</source>
   <translation>die Reihenfolge lässt sich nicht ausschließen: nehmen Sie das Minus weg</translation>
  </message>
  <message>
   <source>the thumbnails of 1 file to be made again</source>
   <translation>die Vorschaubilder von 1 Datei sind neu zu machen</translation>
  </message>
  <message>
   <source>the thumbnails of {n} files to be made again</source>
   <translation>die Vorschaubilder von {n} Dateien sind neu zu machen</translation>
  </message>
  <message>
   <source>the words of 1 picture to be read</source>
   <translation>die Wörter von 1 Bild sind noch zu lesen</translation>
  </message>
  <message>
   <source>the words of {n} pictures to be read</source>
   <translation>die Wörter von {n} Bildern sind noch zu lesen</translation>
  </message>
  <message>
   <source>tokenizer.json and config.json in {folder} disagree about {theirs}; copy both again.</source>
   <translation>tokenizer.json und config.json in {folder} sind sich über {theirs} nicht einig; kopieren Sie beide noch einmal.</translation>
  </message>
  <message>
   <source>until {last}</source>
   <translation>bis {last}</translation>
  </message>
  <message>
   <source>video</source>
   <translation>Video</translation>
  </message>
  <message>
   <source>where it was taken</source>
   <translation>wo es aufgenommen wurde</translation>
  </message>
  <message>
   <source>write 1 to 5 stars</source>
   <translation>schreiben Sie 1 bis 5 Sterne</translation>
  </message>
  <message>
   <source>write a date, such as 2024-05, yesterday or “last summer”</source>
   <translation>schreiben Sie ein Datum, etwa 2024-05, gestern oder „letzter Sommer“</translation>
  </message>
  <message>
   <source>write a length, such as &gt;1m, 10s..2m or 1:30</source>
   <translation>schreiben Sie eine Länge, etwa &gt;1m, 10s..2m oder 1:30</translation>
  </message>
  <message>
   <source>write a size, such as &gt;5MB or 100KB..2MB</source>
   <translation>schreiben Sie eine Größe, etwa &gt;5MB oder 100KB..2MB</translation>
  </message>
  <message>
   <source>write an ending, such as jpg</source>
   <translation>schreiben Sie eine Endung, etwa jpg</translation>
  </message>
  <message>
   <source>write what to look for after the colon</source>
   <translation>schreiben Sie hinter den Doppelpunkt, was gesucht wird</translation>
  </message>
  <message>
   <source>{1} cannot be read ({error}); restore or delete it.</source>
   <translation>{1} ist nicht lesbar ({error}); stellen Sie die Datei wieder her, oder löschen Sie sie.</translation>
  </message>
  <message>
   <source>{1} could not be deleted: close Sightline and delete it yourself.</source>
   <translation>{1} konnte nicht gelöscht werden: Beenden Sie Sightline, und löschen Sie es selbst.</translation>
  </message>
  <message>
   <source>{1} is cut short or damaged ({error}); copy it again.</source>
   <translation>{1} ist abgeschnitten oder beschädigt ({error}); kopieren Sie die Datei noch einmal.</translation>
  </message>
  <message>
   <source>{1} is damaged (not an object); copy it again.</source>
   <translation>{1} ist beschädigt (kein Objekt); kopieren Sie die Datei noch einmal.</translation>
  </message>
  <message>
   <source>{1} is damaged ({2}); fetch the model again.</source>
   <translation>{1} ist beschädigt ({2}); laden Sie das Modell noch einmal herunter.</translation>
  </message>
  <message>
   <source>{1} is damaged ({error}); copy it again.</source>
   <translation>{1} ist beschädigt ({error}); kopieren Sie die Datei noch einmal.</translation>
  </message>
  <message>
   <source>{1} is not usable ({error}); correct or delete it.</source>
   <translation>{1} ist nicht brauchbar ({error}); berichtigen oder löschen Sie die Datei.</translation>
  </message>
  <message>
   <source>{1} may only hold {2}; correct it.</source>
   <translation>{1} darf nur {2} enthalten; berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{checkpoints} cannot be written ({reason}); allow it, or choose another --data-dir.</source>
   <translation>In {checkpoints} kann nicht geschrieben werden ({reason}); erlauben Sie es, oder wählen Sie ein anderes --data-dir.</translation>
  </message>
  <message>
   <source>{chip} in bfloat16, the models' own precision.</source>
   <translation>{chip} in bfloat16, der Genauigkeit der Modelle selbst.</translation>
  </message>
  <message>
   <source>{chip} in float16, because chips before M3 have no bfloat16 of their own.</source>
   <translation>{chip} in float16, weil Chips vor M3 kein eigenes bfloat16 haben.</translation>
  </message>
  <message>
   <source>{day}, {time}</source>
   <translation>{day}, {time}</translation>
  </message>
  <message>
   <source>{done} of {all}</source>
   <translation>{done} von {all}</translation>
  </message>
  <message>
   <source>{done} of {all} files understood</source>
   <translation>{done} von {all} Dateien verstanden</translation>
  </message>
  <message>
   <source>{file} cannot be used ({error}): correct it, or delete it to use the defaults.</source>
   <translation>{file} ist nicht brauchbar ({error}): Berichtigen Sie die Datei, oder löschen Sie sie, damit die Vorgaben gelten.</translation>
  </message>
  <message>
   <source>{file} cannot be used ({error}): correct it, or delete it to use the models' own shares.</source>
   <translation>{file} ist nicht brauchbar ({error}): Berichtigen Sie die Datei, oder löschen Sie sie, damit die Anteile der Modelle selbst gelten.</translation>
  </message>
  <message>
   <source>{file} is damaged ({error}); copy the model's files again.</source>
   <translation>{file} ist beschädigt ({error}); kopieren Sie die Dateien des Modells noch einmal.</translation>
  </message>
  <message>
   <source>{folder} belongs to Sightline itself: choose a folder with files of your own.</source>
   <translation>{folder} gehört zu Sightline selbst: Wählen Sie einen Ordner mit eigenen Dateien.</translation>
  </message>
  <message>
   <source>{folder} has its weights as {pickle}, which may hold programs and is never opened; put the model's {name} there.</source>
   <translation>{folder} enthält die Gewichte als {pickle}, was Programme enthalten kann und nie geöffnet wird; legen Sie {name} des Modells dorthin.</translation>
  </message>
  <message>
   <source>{folder} has no tokenizer.json; copy all files of the model there.</source>
   <translation>In {folder} fehlt tokenizer.json; kopieren Sie alle Dateien des Modells dorthin.</translation>
  </message>
  <message>
   <source>{folder} has no {name}; copy all files of the model there.</source>
   <translation>In {folder} fehlt {name}; kopieren Sie alle Dateien des Modells dorthin.</translation>
  </message>
  <message>
   <source>{folder} holds a model of another kind ({found}); choose a Qwen3-VL-Embedding or Qwen3-VL-Reranker folder.</source>
   <translation>{folder} enthält ein Modell anderer Art ({found}); wählen Sie einen Ordner mit Qwen3-VL-Embedding oder Qwen3-VL-Reranker.</translation>
  </message>
  <message>
   <source>{folder} is a file: give the folder it is in.</source>
   <translation>{folder} ist eine Datei: Geben Sie den Ordner an, in dem sie liegt.</translation>
  </message>
  <message>
   <source>{folder} lacks {name}; copy all files of the model there.</source>
   <translation>{name} fehlt in {folder}; kopieren Sie alle Dateien des Modells dorthin.</translation>
  </message>
  <message>
   <source>{help}, one only</source>
   <translation>{help}, aber nur eins</translation>
  </message>
  <message>
   <source>{host} does not send {path} ({problem})</source>
   <translation>{host} sendet {path} nicht ({problem})</translation>
  </message>
  <message>
   <source>{host} refuses {path} (HTTP status {status_code})</source>
   <translation>{host} verweigert {path} (HTTP-Status {status_code})</translation>
  </message>
  <message>
   <source>{keys} cannot be used, perhaps another program has it. Choose other keys, or bind the command {command} to a key in the settings of your desktop.</source>
   <translation>{keys} geht nicht, vielleicht hat es ein anderes Programm. Wählen Sie andere Tasten, oder legen Sie den Befehl {command} in den Einstellungen Ihres Desktops auf eine Taste.</translation>
  </message>
  <message>
   <source>{label}: {text}</source>
   <translation>{label}: {text}</translation>
  </message>
  <message>
   <source>{left} files cannot be looked at again now: connect their drive, or resume their folder. Until then searches go on as before.</source>
   <translation>{left} Dateien können gerade nicht noch einmal angesehen werden: Schließen Sie ihr Laufwerk an oder setzen Sie ihren Ordner fort. Bis dahin laufen Suchen wie bisher.</translation>
  </message>
  <message>
   <source>{lost} files in the cache of thumbnails are of nothing in the index.</source>
   <translation>{lost} Dateien unter den Vorschaubildern gehören zu nichts im Index.</translation>
  </message>
  <message>
   <source>{month} {year}</source>
   <translation>{month} {year}</translation>
  </message>
  <message>
   <source>{name} answered with HTTP status {status}</source>
   <translation>{name} antwortete mit HTTP-Status {status}</translation>
  </message>
  <message>
   <source>{name} cannot be played. {error}</source>
   <translation>{name} lässt sich nicht abspielen. {error}</translation>
  </message>
  <message>
   <source>{name} cannot be removed ({strerror}); close the programs that use it.</source>
   <translation>{name} kann nicht entfernt werden ({strerror}); schließen Sie die Programme, die es benutzen.</translation>
  </message>
  <message>
   <source>{name} cannot be shown large. {error}</source>
   <translation>{name} lässt sich nicht groß zeigen. {error}</translation>
  </message>
  <message>
   <source>{name} cannot be used as a picture to search by. {error}</source>
   <translation>Mit {name} lässt sich nicht wie mit einem Bild suchen. {error}</translation>
  </message>
  <message>
   <source>{name} could not be fetched: {why}. Try again later; what has arrived is kept.</source>
   <translation>{name} konnte nicht heruntergeladen werden: {why}. Versuchen Sie es später noch einmal; was schon da ist, bleibt erhalten.</translation>
  </message>
  <message>
   <source>{name} could not be started.</source>
   <translation>{name} konnte nicht gestartet werden.</translation>
  </message>
  <message>
   <source>{name} could not be: {why}</source>
   <translation>{name} nicht: {why}</translation>
  </message>
  <message>
   <source>{name} does not fit into the memory of this computer; close other programs or choose a smaller model.</source>
   <translation>{name} passt nicht in den Speicher dieses Computers; schließen Sie andere Programme, oder wählen Sie ein kleineres Modell.</translation>
  </message>
  <message>
   <source>{name} does not fit into the memory of this {name2} device; choose a smaller model or --device cpu.</source>
   <translation>{name} passt nicht in den Speicher dieses Geräts ({name2}); wählen Sie ein kleineres Modell oder --device cpu.</translation>
  </message>
  <message>
   <source>{name} gave no list of files ({2})</source>
   <translation>{name} gab keine Liste der Dateien her ({2})</translation>
  </message>
  <message>
   <source>{name} in bfloat16, the models' own precision.</source>
   <translation>{name} in bfloat16, der Genauigkeit der Modelle selbst.</translation>
  </message>
  <message>
   <source>{name} in float16, because this card has no bfloat16.</source>
   <translation>{name} in float16, weil diese Karte kein bfloat16 hat.</translation>
  </message>
  <message>
   <source>{name} is no longer in the index.</source>
   <translation>{name} ist nicht mehr im Index.</translation>
  </message>
  <message>
   <source>{name} is no longer there. It was moved, renamed or deleted.</source>
   <translation>{name} ist nicht mehr da. Die Datei wurde verschoben, umbenannt oder gelöscht.</translation>
  </message>
  <message>
   <source>{name} is no {role}; choose {tiny}, {fitting} or a folder.</source>
   <translation>{name} ist nicht von der Art „{role}“; wählen Sie {tiny}, {fitting} oder einen Ordner.</translation>
  </message>
  <message>
   <source>{name} is not on this computer; `sightline models list` shows what is.</source>
   <translation>{name} ist nicht auf diesem Computer; `sightline models list` zeigt, was da ist.</translation>
  </message>
  <message>
   <source>{name} is on “{offline}”, which is not connected.</source>
   <translation>{name} liegt auf „{offline}“, das nicht angeschlossen ist.</translation>
  </message>
  <message>
   <source>{name} lists no whole model</source>
   <translation>{name} bietet kein vollständiges Modell an</translation>
  </message>
  <message>
   <source>{name} needs {n} GB on the disk of {parent}, which has {n4} GB free; make room, or choose another --data-dir.</source>
   <translation>{name} braucht {n} GB auf dem Datenträger von {parent}, auf dem {n4} GB frei sind; schaffen Sie Platz, oder wählen Sie ein anderes --data-dir.</translation>
  </message>
  <message>
   <source>{number} stars or more</source>
   <translation>{number} Sterne oder mehr</translation>
  </message>
  <message>
   <source>{n} GB</source>
   <translation>{n} GB</translation>
  </message>
  <message>
   <source>{n} by name</source>
   <translation>{n} nach Namen</translation>
  </message>
  <message>
   <source>{n} connections were made, for what you asked for:</source>
   <translation>Es gab {n} Verbindungen, für das, was Sie wollten:</translation>
  </message>
  <message>
   <source>{n} copies of this file</source>
   <translation>{n} Kopien dieser Datei</translation>
  </message>
  <message>
   <source>{n} documents</source>
   <translation>{n} Dokumente</translation>
  </message>
  <message>
   <source>{n} files</source>
   <translation>{n} Dateien</translation>
  </message>
  <message>
   <source>{n} files a minute</source>
   <translation>{n} Dateien pro Minute</translation>
  </message>
  <message>
   <source>{n} files a second</source>
   <translation>{n} Dateien pro Sekunde</translation>
  </message>
  <message>
   <source>{n} files are left out from now on.</source>
   <translation>{n} Dateien werden ab jetzt ausgelassen.</translation>
  </message>
  <message>
   <source>{n} files are still waiting to be understood. Some of them may turn up later.</source>
   <translation>{n} Dateien warten noch darauf, verstanden zu werden. Manche tauchen vielleicht später auf.</translation>
  </message>
  <message>
   <source>{n} files chosen</source>
   <translation>{n} Dateien gewählt</translation>
  </message>
  <message>
   <source>{n} files come in.</source>
   <translation>{n} Dateien kommen hinzu.</translation>
  </message>
  <message>
   <source>{n} files leave the index, for example {names}.</source>
   <translation>{n} Dateien verlassen den Index, zum Beispiel {names}.</translation>
  </message>
  <message>
   <source>{n} files left out</source>
   <translation>{n} Dateien ausgelassen</translation>
  </message>
  <message>
   <source>{n} files to be looked at once more</source>
   <translation>{n} Dateien werden noch einmal angesehen</translation>
  </message>
  <message>
   <source>{n} files to go</source>
   <translation>noch {n} Dateien</translation>
  </message>
  <message>
   <source>{n} files understood</source>
   <translation>{n} Dateien verstanden</translation>
  </message>
  <message>
   <source>{n} files were copied to {to}.</source>
   <translation>{n} Dateien wurden nach {to} kopiert.</translation>
  </message>
  <message>
   <source>{n} files, all understood</source>
   <translation>{n} Dateien, alle verstanden</translation>
  </message>
  <message>
   <source>{n} files, still found</source>
   <translation>{n} Dateien, weiterhin auffindbar</translation>
  </message>
  <message>
   <source>{n} more</source>
   <translation>{n} weitere</translation>
  </message>
  <message>
   <source>{n} new</source>
   <translation>{n} neu</translation>
  </message>
  <message>
   <source>{n} of {m}</source>
   <translation>{n} von {m}</translation>
  </message>
  <message>
   <source>{n} of {m} files were copied, then you stopped it.</source>
   <translation>{n} von {m} Dateien wurden kopiert, dann haben Sie abgebrochen.</translation>
  </message>
  <message>
   <source>{n} of {m} files were copied.</source>
   <translation>{n} von {m} Dateien wurden kopiert.</translation>
  </message>
  <message>
   <source>{n} of {m} files were copied: the folder {to} is no longer there.</source>
   <translation>{n} von {m} Dateien wurden kopiert: Der Ordner {to} ist nicht mehr da.</translation>
  </message>
  <message>
   <source>{n} or more</source>
   <translation>mindestens {n}</translation>
  </message>
  <message>
   <source>{n} photos</source>
   <translation>{n} Fotos</translation>
  </message>
  <message>
   <source>{n} problems</source>
   <translation>{n} Probleme</translation>
  </message>
  <message>
   <source>{n} results</source>
   <translation>{n} Ergebnisse</translation>
  </message>
  <message>
   <source>{n} screenshots</source>
   <translation>{n} Bildschirmfotos</translation>
  </message>
  <message>
   <source>{n} seen once</source>
   <translation>{n} flüchtig gesehen</translation>
  </message>
  <message>
   <source>{n} stars or more</source>
   <translation>{n} Sterne oder mehr</translation>
  </message>
  <message>
   <source>{n} that look the same</source>
   <translation>{n}, die gleich aussehen</translation>
  </message>
  <message>
   <source>{n} understood</source>
   <translation>{n} verstanden</translation>
  </message>
  <message>
   <source>{n} videos</source>
   <translation>{n} Videos</translation>
  </message>
  <message>
   <source>{n}+ results</source>
   <translation>{n}+ Ergebnisse</translation>
  </message>
  <message>
   <source>{path} cannot be compared with now: its pictures were lost, and are made again while Sightline runs.</source>
   <translation>{path} lässt sich gerade nicht vergleichen: Die Bilder davon gingen verloren und werden neu gemacht, während Sightline läuft.</translation>
  </message>
  <message>
   <source>{path} holds the indexed folder {inner}: remove that from the list first.</source>
   <translation>{path} enthält den indexierten Ordner {inner}: Entfernen Sie zuerst diesen aus der Liste.</translation>
  </message>
  <message>
   <source>{path} is not a Sightline index: move it away, or choose another folder with --data-dir.</source>
   <translation>{path} ist kein Index von Sightline: Legen Sie die Datei beiseite, oder wählen Sie mit --data-dir einen anderen Ordner.</translation>
  </message>
  <message>
   <source>{path} is not among the indexed folders: see `sightline folders list`.</source>
   <translation>{path} ist nicht unter den indexierten Ordnern: `sightline folders list` zeigt sie.</translation>
  </message>
  <message>
   <source>{path} is not in the index yet, so nothing can be compared with it.</source>
   <translation>{path} ist noch nicht im Index, also lässt sich nichts damit vergleichen.</translation>
  </message>
  <message>
   <source>{path} is not valid TOML: {error}. Correct or delete it.</source>
   <translation>{path} ist kein gültiges TOML: {error}. Berichtigen oder löschen Sie die Datei.</translation>
  </message>
  <message>
   <source>{path} is one of the indexed folders: remove it from the list instead.</source>
   <translation>{path} ist einer der indexierten Ordner: Entfernen Sie ihn stattdessen aus der Liste.</translation>
  </message>
  <message>
   <source>{path} was written by a newer Sightline (settings version {version}, this program knows {schema_version}). Update Sightline, or move that file away to start with defaults.</source>
   <translation>{path} hat ein neueres Sightline geschrieben (Einstellungen in Version {version}, dieses Programm kennt {schema_version}). Aktualisieren Sie Sightline, oder legen Sie die Datei beiseite, um mit den Vorgaben zu beginnen.</translation>
  </message>
  <message>
   <source>{path}, line {2}: there is no setting '{key}'. {hint}</source>
   <translation>{path}, Zeile {2}: Eine Einstellung „{key}“ gibt es nicht. {hint}</translation>
  </message>
  <message>
   <source>{path}, line {2}: {3}. Correct it.</source>
   <translation>{path}, Zeile {2}: {3}. Berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{repository} is not on this computer yet: fetch it with `sightline models download {name}`, or give a folder with its files.</source>
   <translation>{repository} ist noch nicht auf diesem Computer: Laden Sie das Modell in den Einstellungen oder mit `sightline models download {name}` herunter, oder geben Sie einen Ordner mit seinen Dateien an.</translation>
  </message>
  <message>
   <source>{root} is not a folder. Choose the folder that contains it.</source>
   <translation>{root} ist kein Ordner. Wählen Sie den Ordner, in dem es liegt.</translation>
  </message>
  <message>
   <source>{size} a second</source>
   <translation>{size} pro Sekunde</translation>
  </message>
  <message>
   <source>{size} free on the disk</source>
   <translation>{size} auf dem Datenträger frei</translation>
  </message>
  <message>
   <source>{size} of memory for models</source>
   <translation>{size} Speicher für Modelle</translation>
  </message>
  <message>
   <source>{size} to fetch</source>
   <translation>{size} herunterzuladen</translation>
  </message>
  <message>
   <source>{source} offers another {path} than the published one</source>
   <translation>{source} bietet eine andere Datei {path} als die veröffentlichte an</translation>
  </message>
  <message>
   <source>{source} sent a damaged {path} twice</source>
   <translation>{source} hat {path} zweimal beschädigt gesendet</translation>
  </message>
  <message>
   <source>{time} at 50 Mbit/s</source>
   <translation>{time} bei 50 Mbit/s</translation>
  </message>
  <message>
   <source>{time} left</source>
   <translation>noch {time}</translation>
  </message>
  <message>
   <source>{trouble} Until it can, searches go on as before.</source>
   <translation>{trouble} Bis es geht, laufen Suchen wie bisher.</translation>
  </message>
  <message>
   <source>{why} Its text is indexed.</source>
   <translation>{why} Der Text ist indexiert.</translation>
  </message>
  <message>
   <source>{why}: changes are noticed within {n} seconds.</source>
   <translation>{why}: Änderungen werden binnen {n} Sekunden bemerkt.</translation>
  </message>
  <message>
   <source>“Find similar in Sightline”, by a right click on pictures, films and PDFs.</source>
   <translation>„Ähnliches in Sightline finden“, mit einem Rechtsklick auf Bilder, Filme und PDFs.</translation>
  </message>
  <message>
   <source>“{1}” is not understood: {help}.</source>
   <translation>„{1}“ ist unverständlich: {help}.</translation>
  </message>
  <message>
   <source>“{name}” does not answer: what was found there stays, and is up to date again once it does.</source>
   <translation>„{name}“ antwortet nicht: Was dort gefunden wurde, bleibt, und ist wieder aktuell, sobald es antwortet.</translation>
  </message>
  <message>
   <source>“{name}” is not connected</source>
   <translation>„{name}“ ist nicht angeschlossen</translation>
  </message>
  <message>
   <source>“{name}” is not connected. Connect it and try again.</source>
   <translation>„{name}“ ist nicht angeschlossen. Schließen Sie den Datenträger an, und versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>“{name}” is not connected: what was found on it stays, and is up to date again once it is.</source>
   <translation>„{name}“ ist nicht angeschlossen: Was dort gefunden wurde, bleibt, und ist wieder aktuell, sobald es angeschlossen ist.</translation>
  </message>
  <message>
   <source>“{name}” is searchable already.</source>
   <translation>„{name}“ ist schon durchsuchbar.</translation>
  </message>
  <message>
   <source>“{text}” are no working hours: write them as in 22:00-07:00, or leave them empty.</source>
   <translation>„{text}“ sind keine Arbeitszeiten: Schreiben Sie sie wie 22:00-07:00, oder lassen Sie sie leer.</translation>
  </message>
 </context>
</TS>
