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
            <location filename="../../clickpose_app/gui/recent_list.py" />
            <source>not found</source>
            <translation>nicht gefunden</translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/recent_list.py" />
            <source>%n images</source>
            <translation>
                <numerusform>%n Bild</numerusform>
                <numerusform>%n Bilder</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/recent_list.py" />
            <source>{done} of {images} images edited</source>
            <translation>{done} von {images} Bildern bearbeitet</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/recent_list.py" />
            <source>today, {time}</source>
            <translation>heute, {time}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/recent_list.py" />
            <source>yesterday</source>
            <translation>gestern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/recent_list.py" />
            <source>Recent projects</source>
            <translation>Letzte Projekte</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/recent_list.py" />
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/recent_list.py" />
            <source>Remove from the list</source>
            <translation>Aus der Liste entfernen</translation>
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
            <source>Open &amp;Folder…</source>
            <translation type="vanished">&amp;Ordner öffnen…</translation>
        </message>
        <message>
            <source>File</source>
            <translation type="vanished">Datei</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation type="vanished">Ordner öffnen</translation>
        </message>
        <message>
            <source>Open &amp;Image…</source>
            <translation type="vanished">&amp;Bild öffnen…</translation>
        </message>
        <message>
            <source>Open &amp;COCO JSON…</source>
            <translation type="vanished">&amp;COCO-JSON öffnen…</translation>
        </message>
        <message>
            <source>Open &amp;Project…</source>
            <translation type="vanished">&amp;Projekt öffnen…</translation>
        </message>
        <message>
            <source>&amp;Export COCO JSON…</source>
            <translation type="vanished">COCO-JSON &amp;exportieren…</translation>
        </message>
        <message>
            <source>Export</source>
            <translation type="vanished">Exportieren</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation type="vanished">&amp;Beenden</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation type="vanished">&amp;Rückgängig</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation type="vanished">Bearbeiten</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation type="vanished">Rückgängig</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation type="vanished">&amp;Wiederholen</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation type="vanished">Wiederholen</translation>
        </message>
        <message>
            <source>Leave tool or selection</source>
            <translation type="vanished">Werkzeug oder Auswahl verlassen</translation>
        </message>
        <message>
            <source>&amp;New person: draw a box</source>
            <translation type="vanished">&amp;Neue Person: Rahmen zeichnen</translation>
        </message>
        <message>
            <source>Person</source>
            <translation type="vanished">Person</translation>
        </message>
        <message>
            <source>New person</source>
            <translation type="vanished">Neue Person</translation>
        </message>
        <message>
            <source>Draw the &amp;box anew</source>
            <translation type="vanished">&amp;Rahmen neu zeichnen</translation>
        </message>
        <message>
            <source>Next person</source>
            <translation type="vanished">Nächste Person</translation>
        </message>
        <message>
            <source>Swap left and right</source>
            <translation type="vanished">Links und rechts tauschen</translation>
        </message>
        <message>
            <source>&amp;Delete person</source>
            <translation type="vanished">Person &amp;löschen</translation>
        </message>
        <message>
            <source>Visible, occluded, not labelled</source>
            <translation type="vanished">Sichtbar, verdeckt, nicht annotiert</translation>
        </message>
        <message>
            <source>Joint</source>
            <translation type="vanished">Gelenk</translation>
        </message>
        <message>
            <source>&amp;Place with the next click</source>
            <translation type="vanished">Mit dem nächsten Klick &amp;setzen</translation>
        </message>
        <message>
            <source>&amp;Unpin: give back to the network</source>
            <translation type="vanished">&amp;Lösen: dem Netz zurückgeben</translation>
        </message>
        <message>
            <source>&amp;Refine again</source>
            <translation type="vanished">&amp;Noch einmal verfeinern</translation>
        </message>
        <message>
            <source>Other joints follow</source>
            <translation type="vanished">Andere Gelenke folgen</translation>
        </message>
        <message>
            <source>Others follow</source>
            <translation type="vanished">Andere folgen</translation>
        </message>
        <message>
            <source>&amp;Previous image</source>
            <translation type="vanished">&amp;Voriges Bild</translation>
        </message>
        <message>
            <source>View</source>
            <translation type="vanished">Ansicht</translation>
        </message>
        <message>
            <source>◀ Previous</source>
            <translation type="vanished">◀ Voriges</translation>
        </message>
        <message>
            <source>&amp;Next image</source>
            <translation type="vanished">&amp;Nächstes Bild</translation>
        </message>
        <message>
            <source>Next ▶</source>
            <translation type="vanished">Nächstes ▶</translation>
        </message>
        <message>
            <source>&amp;Fit picture</source>
            <translation type="vanished">Bild &amp;einpassen</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation type="vanished">Einpassen</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation type="vanished">Vergrößern</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation type="vanished">Verkleinern</translation>
        </message>
        <message>
            <source>&amp;Keys and gestures</source>
            <translation type="vanished">&amp;Tasten und Gesten</translation>
        </message>
        <message>
            <source>Help</source>
            <translation type="vanished">Hilfe</translation>
        </message>
        <message>
            <source>Drag a joint</source>
            <translation type="vanished">Gelenk ziehen</translation>
        </message>
        <message>
            <source>Correct it: it is pinned, and the others follow</source>
            <translation type="vanished">Korrigieren: Es wird fixiert, und die anderen folgen</translation>
        </message>
        <message>
            <source>Ctrl while dropping</source>
            <translation type="vanished">Strg beim Loslassen</translation>
        </message>
        <message>
            <source>Correct it alone: the others stay</source>
            <translation type="vanished">Allein korrigieren: Die anderen bleiben</translation>
        </message>
        <message>
            <source>Shift+click</source>
            <translation type="vanished">Umschalt+Klick</translation>
        </message>
        <message>
            <source>Put the selected joint there</source>
            <translation type="vanished">Das gewählte Gelenk dorthin setzen</translation>
        </message>
        <message>
            <source>Right click on a joint</source>
            <translation type="vanished">Rechtsklick auf ein Gelenk</translation>
        </message>
        <message>
            <source>Wheel</source>
            <translation type="vanished">Mausrad</translation>
        </message>
        <message>
            <source>Zoom at the cursor</source>
            <translation type="vanished">Am Mauszeiger vergrößern</translation>
        </message>
        <message>
            <source>Middle button, or Space and drag</source>
            <translation type="vanished">Mittlere Taste, oder Leertaste und ziehen</translation>
        </message>
        <message>
            <source>Move the picture</source>
            <translation type="vanished">Das Bild verschieben</translation>
        </message>
        <message>
            <source>Hold H</source>
            <translation type="vanished">H halten</translation>
        </message>
        <message>
            <source>Hide all poses to see the picture</source>
            <translation type="vanished">Alle Posen ausblenden, um das Bild zu sehen</translation>
        </message>
        <message>
            <source>Double click in the joint list</source>
            <translation type="vanished">Doppelklick in der Gelenkliste</translation>
        </message>
        <message>
            <source>Place that joint with the next click</source>
            <translation type="vanished">Dieses Gelenk mit dem nächsten Klick setzen</translation>
        </message>
        <message>
            <source>Blue / orange / white</source>
            <translation type="vanished">Blau / orange / weiß</translation>
        </message>
        <message>
            <source>The person's left / right / middle</source>
            <translation type="vanished">Links / rechts / Mitte der Person</translation>
        </message>
        <message>
            <source>Round, smaller = less certain</source>
            <translation type="vanished">Rund, kleiner = unsicherer</translation>
        </message>
        <message>
            <source>Placed by the network; it may still move</source>
            <translation type="vanished">Vom Netz gesetzt; es kann sich noch bewegen</translation>
        </message>
        <message>
            <source>Square with a white edge</source>
            <translation type="vanished">Quadrat mit weißem Rand</translation>
        </message>
        <message>
            <source>Placed by hand: the network never moves it</source>
            <translation type="vanished">Von Hand gesetzt: Das Netz bewegt es nie</translation>
        </message>
        <message>
            <source>Hollow</source>
            <translation type="vanished">Hohl</translation>
        </message>
        <message>
            <source>Occluded (COCO v=1)</source>
            <translation type="vanished">Verdeckt (COCO v=1)</translation>
        </message>
        <message>
            <source>Pale dashes</source>
            <translation type="vanished">Blasse Striche</translation>
        </message>
        <message>
            <source>The pose before it followed, fading away</source>
            <translation type="vanished">Die Pose, bevor sie gefolgt ist; sie verblasst</translation>
        </message>
        <message>
            <source>With the mouse</source>
            <translation type="vanished">Mit der Maus</translation>
        </message>
        <message>
            <source>What the marks mean</source>
            <translation type="vanished">Was die Zeichen bedeuten</translation>
        </message>
        <message>
            <source>Picture with poses</source>
            <translation type="vanished">Bild mit Posen</translation>
        </message>
        <message>
            <source>Draw a box around the new person</source>
            <translation type="vanished">Einen Rahmen um die neue Person zeichnen</translation>
        </message>
        <message>
            <source>Draw the person's box anew</source>
            <translation type="vanished">Den Rahmen der Person neu zeichnen</translation>
        </message>
        <message>
            <source>Click: {joint}</source>
            <translation type="vanished">Klicken: {joint}</translation>
        </message>
        <message>
            <source>{joint} · placed</source>
            <translation type="vanished">{joint} · gesetzt</translation>
        </message>
        <message>
            <source>opening {name}…</source>
            <translation type="vanished">Öffnen von {name}…</translation>
        </message>
        <message>
            <source>Open a folder of images</source>
            <translation type="vanished">Einen Ordner mit Bildern öffnen</translation>
        </message>
        <message>
            <source>Open an image</source>
            <translation type="vanished">Ein Bild öffnen</translation>
        </message>
        <message>
            <source>Images (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp)</source>
            <translation type="vanished">Bilder (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp)</translation>
        </message>
        <message>
            <source>Open COCO keypoints</source>
            <translation type="vanished">COCO-Keypoints öffnen</translation>
        </message>
        <message>
            <source>COCO JSON (*.json)</source>
            <translation type="vanished">COCO-JSON (*.json)</translation>
        </message>
        <message>
            <source>ClickPose projects (*{suffix})</source>
            <translation type="vanished">ClickPose-Projekte (*{suffix})</translation>
        </message>
        <message>
            <source>Nothing is open that could be exported.</source>
            <translation type="vanished">Es ist nichts geöffnet, das exportiert werden könnte.</translation>
        </message>
        <message>
            <source>Export COCO keypoints</source>
            <translation type="vanished">COCO-Keypoints exportieren</translation>
        </message>
        <message>
            <source>exporting {name}…</source>
            <translation type="vanished">Exportieren nach {name}…</translation>
        </message>
        <message>
            <source>Exported {people:,} people on {images:,} images to {path}.</source>
            <translation type="vanished">{people:,} Personen auf {images:,} Bildern nach {path} exportiert.</translation>
        </message>
        <message>
            <source>So are {count:,} others.</source>
            <translation type="vanished">Ebenso {count:,} weitere.</translation>
        </message>
        <message>
            <source>Left out of {name}: {reason}</source>
            <translation type="vanished">In {name} ausgelassen: {reason}</translation>
        </message>
        <message>
            <source>The project is in use</source>
            <translation type="vanished">Das Projekt ist in Gebrauch</translation>
        </message>
        <message>
            <source>{name} is already open: {owner}.</source>
            <translation type="vanished">{name} ist schon geöffnet: {owner}.</translation>
        </message>
        <message>
            <source>Close it there, or open it here to look at it only.</source>
            <translation type="vanished">Bitte dort schließen, oder hier nur zum Ansehen öffnen.</translation>
        </message>
        <message>
            <source>Open read-only</source>
            <translation type="vanished">Schreibgeschützt öffnen</translation>
        </message>
        <message>
            <source>While {doing}: {kind}: {error}</source>
            <translation type="vanished">Beim Vorgang „{doing}“: {kind}: {error}</translation>
        </message>
        <message>
            <source>loading network…</source>
            <translation type="vanished">Netz laden…</translation>
        </message>
        <message>
            <source>encoding and finding people…</source>
            <translation type="vanished">Kodieren und Personen finden…</translation>
        </message>
        <message>
            <source>encoding…</source>
            <translation type="vanished">Kodieren…</translation>
        </message>
        <message>
            <source>encoding the next image…</source>
            <translation type="vanished">Nächstes Bild kodieren…</translation>
        </message>
        <message>
            <source>refining…</source>
            <translation type="vanished">Verfeinern…</translation>
        </message>
        <message>
            <source>finding the pose…</source>
            <translation type="vanished">Pose finden…</translation>
        </message>
        <message>
            <source>The network is not available.</source>
            <translation type="vanished">Das Netz ist nicht verfügbar.</translation>
        </message>
        <message>
            <source>network not loaded yet</source>
            <translation type="vanished">Netz noch nicht geladen</translation>
        </message>
        <message>
            <source>Tools</source>
            <translation type="vanished">Werkzeuge</translation>
        </message>
        <message>
            <source>While {doing}, something unexpected went wrong: {kind}: {error}</source>
            <translation type="vanished">Beim Vorgang „{doing}“ ist etwas Unerwartetes schiefgegangen: {kind}: {error}</translation>
        </message>
        <message>
            <source>Your annotations are safe; you can go on.</source>
            <translation type="vanished">Die Annotationen sind gesichert; die Arbeit kann weitergehen.</translation>
        </message>
        <message>
            <source>Select a person first: click one, or press Tab.</source>
            <translation type="vanished">Zuerst eine Person auswählen: anklicken oder Tab drücken.</translation>
        </message>
        <message>
            <source>Select a joint first: click one, or choose it in the list.</source>
            <translation type="vanished">Zuerst ein Gelenk auswählen: anklicken oder in der Liste wählen.</translation>
        </message>
        <message>
            <source>Other joints follow each correction.</source>
            <translation type="vanished">Andere Gelenke folgen jeder Korrektur.</translation>
        </message>
        <message>
            <source>Other joints stay where they are.</source>
            <translation type="vanished">Andere Gelenke bleiben, wo sie sind.</translation>
        </message>
        <message>
            <source>(read-only)</source>
            <translation type="vanished">(schreibgeschützt)</translation>
        </message>
        <message>
            <source>&amp;Undo {step}</source>
            <translation type="vanished">&amp;Rückgängig: {step}</translation>
        </message>
        <message>
            <source>&amp;Redo {step}</source>
            <translation type="vanished">&amp;Wiederholen: {step}</translation>
        </message>
        <message>
            <source>no network: joints are placed by hand</source>
            <translation type="vanished">kein Netz: Gelenke werden von Hand gesetzt</translation>
        </message>
        <message>
            <source>loading the network</source>
            <translation type="vanished">Netz laden</translation>
        </message>
        <message>
            <source>new</source>
            <translation type="vanished">neu</translation>
        </message>
        <message>
            <source>predicted</source>
            <translation type="vanished">vorhergesagt</translation>
        </message>
        <message>
            <source>edited</source>
            <translation type="vanished">bearbeitet</translation>
        </message>
        <message>
            <source>reviewed</source>
            <translation type="vanished">geprüft</translation>
        </message>
        <message>
            <source>rejected</source>
            <translation type="vanished">zurückgewiesen</translation>
        </message>
        <message>
            <source>visible</source>
            <translation type="vanished">sichtbar</translation>
        </message>
        <message>
            <source>occluded</source>
            <translation type="vanished">verdeckt</translation>
        </message>
        <message>
            <source>not labelled</source>
            <translation type="vanished">nicht annotiert</translation>
        </message>
        <message>
            <source>Dismiss</source>
            <translation type="vanished">Ausblenden</translation>
        </message>
        <message>
            <source>Score</source>
            <translation type="vanished">Score</translation>
        </message>
        <message>
            <source>By hand</source>
            <translation type="vanished">Von Hand</translation>
        </message>
        <message>
            <source>(crowd)</source>
            <translation type="vanished">(Menge)</translation>
        </message>
        <message>
            <source>{placed} of {labelled}</source>
            <translation type="vanished">{placed} von {labelled}</translation>
        </message>
        <message>
            <source>Visibility</source>
            <translation type="vanished">Sichtbarkeit</translation>
        </message>
        <message>
            <source>Confidence</source>
            <translation type="vanished">Sicherheit</translation>
        </message>
        <message>
            <source>placed</source>
            <translation type="vanished">gesetzt</translation>
        </message>
        <message>
            <source>Click to change: visible, occluded, not labelled</source>
            <translation type="vanished">Klicken zum Ändern: sichtbar, verdeckt, nicht annotiert</translation>
        </message>
        <message>
            <source>{path} does not exist.</source>
            <translation type="vanished">{path} gibt es nicht.</translation>
        </message>
        <message>
            <source>Check the name, or open a folder instead.</source>
            <translation type="vanished">Den Namen prüfen oder stattdessen einen Ordner öffnen.</translation>
        </message>
        <message>
            <source>{name} is neither an image, a COCO JSON file nor a ClickPose project.</source>
            <translation type="vanished">{name} ist weder ein Bild noch eine COCO-JSON-Datei noch ein ClickPose-Projekt.</translation>
        </message>
        <message>
            <source>Open a folder of images instead.</source>
            <translation type="vanished">Stattdessen einen Ordner mit Bildern öffnen.</translation>
        </message>
        <message>
            <source>{folder} holds no images that ClickPose can read.</source>
            <translation type="vanished">{folder} enthält keine Bilder, die ClickPose lesen kann.</translation>
        </message>
        <message>
            <source>Choose a folder with JPEG, PNG, WebP, TIFF or BMP files.</source>
            <translation type="vanished">Einen Ordner mit JPEG-, PNG-, WebP-, TIFF- oder BMP-Dateien wählen.</translation>
        </message>
        <message>
            <source>{name} was there already, so it was opened as you left it.</source>
            <translation type="vanished">{name} war schon vorhanden und wurde so geöffnet, wie es zuletzt war.</translation>
        </message>
        <message>
            <source>The images of {name} lie neither beside it nor in a folder “images”.</source>
            <translation type="vanished">Die Bilder von {name} liegen weder daneben noch in einem Ordner „images“.</translation>
        </message>
        <message>
            <source>Say where they are.</source>
            <translation type="vanished">Bitte angeben, wo sie liegen.</translation>
        </message>
        <message>
            <source>Images</source>
            <translation type="vanished">Bilder</translation>
        </message>
        <message>
            <source>{number:,} of {count:,}</source>
            <translation type="vanished">{number:,} von {count:,}</translation>
        </message>
        <message>
            <source>Images   {place} · {edited:,} edited</source>
            <translation type="vanished">Bilder   {place} · {edited:,} bearbeitet</translation>
        </message>
        <message>
            <source>People</source>
            <translation type="vanished">Personen</translation>
        </message>
        <message>
            <source>Joints of the selected person</source>
            <translation type="vanished">Gelenke der gewählten Person</translation>
        </message>
        <message>
            <source>Joints</source>
            <translation type="vanished">Gelenke</translation>
        </message>
        <message>
            <source>People   {count}</source>
            <translation type="vanished">Personen   {count}</translation>
        </message>
        <message>
            <source>Joints   person {number}</source>
            <translation type="vanished">Gelenke   Person {number}</translation>
        </message>
        <message>
            <source>reading {name}…</source>
            <translation type="vanished">Lesen von {name}…</translation>
        </message>
        <message>
            <source>Move {joint}</source>
            <translation type="vanished">{joint} verschieben</translation>
        </message>
        <message>
            <source>Visibility of {joint}</source>
            <translation type="vanished">Sichtbarkeit: {joint}</translation>
        </message>
        <message>
            <source>Unpin {joint}</source>
            <translation type="vanished">{joint} lösen</translation>
        </message>
        <message>
            <source>Add person</source>
            <translation type="vanished">Person hinzufügen</translation>
        </message>
        <message>
            <source>Change box</source>
            <translation type="vanished">Rahmen ändern</translation>
        </message>
        <message>
            <source>Delete person</source>
            <translation type="vanished">Person löschen</translation>
        </message>
        <message>
            <source>Refine</source>
            <translation type="vanished">Verfeinern</translation>
        </message>
        <message>
            <source>Undone: {step}</source>
            <translation type="vanished">Rückgängig gemacht: {step}</translation>
        </message>
        <message>
            <source>Redone: {step}</source>
            <translation type="vanished">Wiederholt: {step}</translation>
        </message>
        <message>
            <source>The project is open read-only: nothing can be changed.</source>
            <translation type="vanished">Das Projekt ist schreibgeschützt geöffnet: Nichts kann geändert werden.</translation>
        </message>
        <message>
            <source>A crowd region has no joints.</source>
            <translation type="vanished">Eine Menge hat keine Gelenke.</translation>
        </message>
        <message>
            <source>No network for this project: joints are placed by hand.</source>
            <translation type="vanished">Kein Netz für dieses Projekt: Gelenke werden von Hand gesetzt.</translation>
        </message>
        <message>
            <source>The pose followed in {time:.0f} ms.</source>
            <translation type="vanished">Die Pose ist in {time:.0f} ms gefolgt.</translation>
        </message>
        <message>
            <source>This project's skeleton is not the one that the network knows.</source>
            <translation type="vanished">Das Skelett dieses Projekts ist nicht das, welches das Netz kennt.</translation>
        </message>
        <message>
            <source>Joints can be placed by hand; predictions are off for this project.</source>
            <translation type="vanished">Gelenke lassen sich von Hand setzen; Vorhersagen sind für dieses Projekt aus.</translation>
        </message>
        <message>
            <source>Nobody found. Press N and draw a box to add a person.</source>
            <translation type="vanished">Niemand gefunden. N drücken und einen Rahmen zeichnen, um eine Person hinzuzufügen.</translation>
        </message>
        <message>
            <source>1 person found.</source>
            <translation type="vanished">1 Person gefunden.</translation>
        </message>
        <message>
            <source>{count} people found.</source>
            <translation type="vanished">{count} Personen gefunden.</translation>
        </message>
        <message>
            <source>Keys and gestures</source>
            <translation type="vanished">Tasten und Gesten</translation>
        </message>
        <message>
            <source>doing that</source>
            <translation type="vanished">diesem Vorgang</translation>
        </message>
    </context>
</TS>
