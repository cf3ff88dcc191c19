<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>ClickPose</name>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>the window (Qt)</source>
            <translation>das Fenster (Qt)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>the network</source>
            <translation>das Netz</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>weights files</source>
            <translation>Gewichtsdateien</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>numbers</source>
            <translation>Zahlen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>decoding and resampling of pictures</source>
            <translation>Lesen und Skalieren von Bildern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>decoding of pictures</source>
            <translation>Lesen von Bildern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>charts</source>
            <translation>Diagramme</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>icons; their fonts are under the SIL Open Font License 1.1</source>
            <translation>Symbole; ihre Schriften stehen unter der SIL Open Font License 1.1</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>icons</source>
            <translation>Symbole</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>JSON</source>
            <translation>JSON</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>evaluation</source>
            <translation>Auswertung</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>the command line</source>
            <translation>die Befehlszeile</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>progress on the command line</source>
            <translation>Fortschritt auf der Befehlszeile</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>places for files</source>
            <translation>Orte für Dateien</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>About ClickPose</source>
            <translation>Über ClickPose</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>ClickPose</source>
            <translation>ClickPose</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>Libraries</source>
            <translation>Bibliotheken</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>Network and training photos</source>
            <translation>Netz und Trainingsfotos</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>Annotate 2D human keypoints with a network that listens to clicks.</source>
            <translation>2D-Keypoints von Menschen annotieren, mit einem Netz, das auf Klicks hört.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>ClickPose is free software under the Apache License 2.0: you may use, change and pass it on, also commercially, as long as the licence goes along. It comes without any warranty.</source>
            <translation>ClickPose ist freie Software unter der Apache License 2.0: Sie dürfen es benutzen, ändern und weitergeben, auch kommerziell, solange die Lizenz dabei bleibt. Es wird ohne jede Gewährleistung bereitgestellt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>The window is made with Qt {version} and PySide6, which are under the GNU Lesser General Public License 3. They lie beside the program as libraries of their own, unchanged, and may be replaced by others; their source is at {address}.</source>
            <translation>Das Fenster ist mit Qt {version} und PySide6 gemacht, die unter der GNU Lesser General Public License 3 stehen. Sie liegen unverändert als eigene Bibliotheken neben dem Programm und dürfen durch andere ersetzt werden; ihr Quelltext ist unter {address} zu finden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>Sample pictures</source>
            <translation>Beispielbilder</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>The three pictures of the demo are free of copyright.</source>
            <translation>Die drei Bilder der Demo sind frei von Urheberrechten.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>Library</source>
            <translation>Bibliothek</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>Version</source>
            <translation>Version</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>What it does here</source>
            <translation>Wozu sie hier dient</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/about.py" />
            <source>{name} is not there.</source>
            <translation>{name} ist nicht vorhanden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Try the demo</source>
            <translation>&amp;Demo ausprobieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Close project</source>
            <translation>Projekt s&amp;chließen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Settings…</source>
            <translation>&amp;Einstellungen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Show the &amp;tour</source>
            <translation>&amp;Rundgang zeigen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;About ClickPose</source>
            <translation>&amp;Über ClickPose</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>Press the new key… (Esc: leave as it is)</source>
            <translation>Neue Taste drücken… (Esc: lassen, wie es ist)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>Keys as in</source>
            <translation>Tasten wie in</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>Search for an action or a key</source>
            <translation>Aktion oder Taste suchen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>Change key…</source>
            <translation>Taste ändern…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>Add another key…</source>
            <translation>Weitere Taste…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>No key</source>
            <translation>Keine Taste</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>Default keys</source>
            <translation>Standardtasten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>Use it here instead</source>
            <translation>Stattdessen hier verwenden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>Use these keys</source>
            <translation>Diese Tasten verwenden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>&amp;Keys as in</source>
            <translation>&amp;Tasten wie in</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>Actions and their keys</source>
            <translation>Aktionen und ihre Tasten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>Action</source>
            <translation>Aktion</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>{key} is now “{action}”. “{other}” has no key any more.</source>
            <translation>{key} bedeutet jetzt „{action}“. „{other}“ hat keine Taste mehr.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>{key} is now “{action}”.</source>
            <translation>{key} bedeutet jetzt „{action}“.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_editor.py" />
            <source>Without a key now: {actions}.</source>
            <translation>Jetzt ohne Taste: {actions}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_presets.py" />
            <source>The keys that this program comes with.</source>
            <translation>Die Tasten, die dieses Programm mitbringt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_presets.py" />
            <source>A and D for the images, Ctrl+U for a folder, Ctrl+R for a new box.</source>
            <translation>A und D für die Bilder, Strg+U für einen Ordner, Strg+R für einen neuen Rahmen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_presets.py" />
            <source>D and F for the images, N to draw, Q for occluded, F2 for the settings.</source>
            <translation>D und F für die Bilder, N zum Zeichnen, Q für verdeckt, F2 für die Einstellungen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/key_presets.py" />
            <source>Arrow keys for the images, Ctrl+I for a new person, ` for the next one.</source>
            <translation>Pfeiltasten für die Bilder, Strg+I für eine neue Person, ` für die nächste.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/keymap.py" />
            <source>Hold to hide all poses</source>
            <translation>Halten, um alle Posen auszublenden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/keymap.py" />
            <source>Hold to move the picture</source>
            <translation>Halten, um das Bild zu verschieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/keymap.py" />
            <source>Select a person</source>
            <translation>Eine Person auswählen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/keymap.py" />
            <source>{key} already means “{action}”.</source>
            <translation>{key} bedeutet schon „{action}“.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/keymap.py" />
            <source>{key} has a meaning of its own: {meaning}. Choose another key.</source>
            <translation>{key} hat schon eine eigene Bedeutung: {meaning}. Bitte eine andere Taste wählen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/places.py" />
            <source>Neither {folder} nor {own} can be written to.</source>
            <translation>Weder in {folder} noch in {own} kann geschrieben werden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/places.py" />
            <source>Choose another folder for projects in the settings (Ctrl+,).</source>
            <translation>In den Einstellungen (Strg+,) einen anderen Ordner für Projekte wählen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/places.py" />
            <source>{folder} cannot be written to, so the project is kept in {path}.</source>
            <translation>In {folder} kann nicht geschrieben werden, daher liegt das Projekt in {path}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/places.py" />
            <source>The project is in {path}, where it was begun.</source>
            <translation>Das Projekt liegt in {path}, wo es begonnen wurde.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Automatic: the fastest there is</source>
            <translation>Automatisch: das schnellste vorhandene Gerät</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Processor (CPU)</source>
            <translation>Prozessor (CPU)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>NVIDIA graphics card (CUDA)</source>
            <translation>NVIDIA-Grafikkarte (CUDA)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Apple graphics (MPS)</source>
            <translation>Apple-Grafik (MPS)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Beside the pictures</source>
            <translation>Neben den Bildern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>In my own data folder</source>
            <translation>In meinem eigenen Datenordner</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>In this folder:</source>
            <translation>In diesem Ordner:</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Network</source>
            <translation>Netz</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Appearance</source>
            <translation>Darstellung</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Choose a file…</source>
            <translation>Datei wählen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>The shipped ones</source>
            <translation>Die mitgelieferten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Where the network runs</source>
            <translation>Worauf das Netz läuft</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Weights</source>
            <translation>Gewichte</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Runs on</source>
            <translation>Läuft auf</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>{option} was given on the command line and wins for this run.</source>
            <translation>{option} wurde auf der Befehlszeile angegeben und gilt für diese Sitzung.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>{name}, shipped with ClickPose</source>
            <translation>{name}, mit ClickPose geliefert</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Weights (*.safetensors *.pth)</source>
            <translation>Gewichte (*.safetensors *.pth)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Choose weights</source>
            <translation>Gewichte wählen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Choose a folder…</source>
            <translation>Ordner wählen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Every change is kept in a project file at once. For folders and COCO files that you open for the first time, it is put:</source>
            <translation>Jede Änderung steht sofort in einer Projektdatei. Für Ordner und COCO-Dateien, die zum ersten Mal geöffnet werden, liegt sie:</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Projects that are there already stay where they are and are found again. A folder that cannot be written to has its project in your own data folder.</source>
            <translation>Vorhandene Projekte bleiben, wo sie sind, und werden wiedergefunden. Ein Ordner, in den nicht geschrieben werden kann, hat sein Projekt im eigenen Datenordner.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Choose a folder for projects</source>
            <translation>Ordner für Projekte wählen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>none chosen yet</source>
            <translation>noch keiner gewählt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>&amp;Language</source>
            <translation>&amp;Sprache</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>&amp;Theme</source>
            <translation>&amp;Farbschema</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>The language changes when ClickPose is started again.</source>
            <translation>Die Sprache wechselt beim nächsten Start von ClickPose.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/shell.py" />
            <source>copying the sample pictures</source>
            <translation>Kopieren der Beispielbilder</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/shell.py" />
            <source>The sample pictures cannot be copied: {reason}.</source>
            <translation>Die Beispielbilder können nicht kopiert werden: {reason}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/shell.py" />
            <source>Open a folder of your own instead.</source>
            <translation>Stattdessen einen eigenen Ordner öffnen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/shell.py" />
            <source>Loading the network…</source>
            <translation>Das Netz wird geladen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/shell.py" />
            <source>The network is loaded and in use.</source>
            <translation>Das Netz ist geladen und in Gebrauch.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/shell.py" />
            <source>{kind}: {error}.</source>
            <translation>{kind}: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/shell.py" />
            <source>The network stays as it was.</source>
            <translation>Das Netz bleibt, wie es war.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/tour.py" />
            <source>Skip (Esc)</source>
            <translation>Überspringen (Esc)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/tour.py" />
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/tour.py" />
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/tour.py" />
            <source>{number} of {count}</source>
            <translation>{number} von {count}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/tour.py" />
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/tour_stops.py" />
            <source>Correct a joint</source>
            <translation>Ein Gelenk korrigieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/tour_stops.py" />
            <source>Drag a joint to where it belongs; you can do so now. It stays there for good, and the other joints of that person follow by themselves.</source>
            <translation>Ziehen Sie ein Gelenk dorthin, wo es hingehört; das geht schon jetzt. Es bleibt endgültig dort, und die anderen Gelenke der Person folgen von selbst.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/tour_stops.py" />
            <source>Who follows, and the way back</source>
            <translation>Wer folgt, und der Weg zurück</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/tour_stops.py" />
            <source>“Others follow” switches that off and on. Undo ({key}) takes back your move together with what followed from it.</source>
            <translation>„Andere folgen“ schaltet das aus und ein. Rückgängig ({key}) nimmt Ihre Bewegung zurück, zusammen mit allem, was ihr gefolgt ist.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/tour_stops.py" />
            <source>On to the next picture</source>
            <translation>Weiter zum nächsten Bild</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/tour_stops.py" />
            <source>All pictures are in this list; every change is kept at once, so there is nothing to save. Export writes COCO JSON for your training.</source>
            <translation>Alle Bilder stehen in dieser Liste; jede Änderung ist sofort gesichert, zu speichern gibt es nichts. Exportieren schreibt COCO-JSON für Ihr Training.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>Open a folder</source>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>of photographs; the work is kept beside them</source>
            <translation>mit Fotos; die Arbeit wird daneben gesichert</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>Open COCO JSON</source>
            <translation>COCO-JSON öffnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>keypoints that are there already</source>
            <translation>mit schon vorhandenen Keypoints</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>Open a project</source>
            <translation>Projekt öffnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>that you began earlier</source>
            <translation>das schon begonnen wurde</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>Try the demo</source>
            <translation>Demo ausprobieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>on three pictures that come with ClickPose</source>
            <translation>an drei Bildern, die ClickPose mitbringt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>not found</source>
            <translation>nicht gefunden</translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>%n images</source>
            <translation>
                <numerusform>%n Bild</numerusform>
                <numerusform>%n Bilder</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>{done} of {images} images edited</source>
            <translation>{done} von {images} Bildern bearbeitet</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>today, {time}</source>
            <translation>heute, {time}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>yesterday</source>
            <translation>gestern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>Remove from the list</source>
            <translation>Aus der Liste entfernen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>The project itself stays where it is (Del)</source>
            <translation>Das Projekt selbst bleibt, wo es ist (Entf)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>Nothing yet: what you open will be found here again.</source>
            <translation>Noch nichts: Was geöffnet wird, ist hier wiederzufinden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>Correct one joint, and the rest of the pose follows.</source>
            <translation>Ein Gelenk korrigieren, und der Rest der Pose folgt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>Or drop a folder, a picture, COCO JSON or a project anywhere here.</source>
            <translation>Oder einen Ordner, ein Bild, COCO-JSON oder ein Projekt irgendwo hier ablegen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>Recent projects</source>
            <translation>Letzte Projekte</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/welcome.py" />
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
    </context>
</TS>
