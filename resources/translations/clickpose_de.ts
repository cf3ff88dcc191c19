<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>ClickPose</name>
        <message>
            <location filename="../../clickpose_app/adaptation/labels.py" />
            <source>{path} is a project, which knows its images.</source>
            <translation>{path} ist ein Projekt, das seine Bilder kennt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/labels.py" />
            <source>Leave --images out.</source>
            <translation>Bitte --images weglassen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/labels.py" />
            <source>{path}: labelled images: {count}; at least {least} are needed.</source>
            <translation>{path}: beschriftete Bilder: {count}; nötig sind mindestens {least}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/labels.py" />
            <source>Label more by hand first: ten to twenty make a useful beginning.</source>
            <translation>Bitte erst mehr von Hand beschriften: zehn bis zwanzig sind ein brauchbarer Anfang.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/labels.py" />
            <source>{count} of {all} images of {path} are not in {where}: {named}.</source>
            <translation>{count} von {all} Bildern von {path} fehlen in {where}: {named}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/labels.py" />
            <source>Name the folder or tar shard that holds them with --images.</source>
            <translation>Bitte mit --images den Ordner oder das tar-Archiv nennen, das sie enthält.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/labels.py" />
            <source>There is no folder {path}.</source>
            <translation>Den Ordner {path} gibt es nicht.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/labels.py" />
            <source>Check --images.</source>
            <translation>Bitte --images prüfen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/labels.py" />
            <source>{path} cannot be read as an uncompressed tar shard: {error}.</source>
            <translation>{path} lässt sich nicht als unkomprimiertes tar-Archiv lesen: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/labels.py" />
            <source>Fetch it again, or pack it without compression.</source>
            <translation>Bitte neu holen oder ohne Kompression packen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/memories.py" />
            <source>Encoded images cannot be kept in {folder}: {error}.</source>
            <translation>Kodierte Bilder lassen sich nicht in {folder} aufheben: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/memories.py" />
            <source>Make room there, or write the weights to another folder.</source>
            <translation>Bitte dort Platz schaffen oder die Gewichte in einen anderen Ordner schreiben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/reducing.py" />
            <source>{path} cannot be written: {error}.</source>
            <translation>{path} lässt sich nicht schreiben: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/shipping.py" />
            <source>Choose another --out, or make room there.</source>
            <translation>Bitte ein anderes --out wählen oder dort Platz schaffen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/state.py" />
            <source>{path} cannot be taught another skeleton.</source>
            <translation>{path} lässt sich kein anderes Skelett beibringen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/state.py" />
            <source>Take weights of ClickPose's own.</source>
            <translation>Bitte Gewichte von ClickPose selbst nehmen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/state.py" />
            <source>{path} holds a network of a kind that cannot be taught another skeleton.</source>
            <translation>{path} enthält ein Netz einer Art, der sich kein anderes Skelett beibringen lässt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/state.py" />
            <source>Take models/clickpose-s.safetensors.</source>
            <translation>Bitte models/clickpose-s.safetensors nehmen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/state.py" />
            <source>The folder {folder} cannot be made: {error}.</source>
            <translation>Der Ordner {folder} lässt sich nicht anlegen: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/state.py" />
            <source>Choose another --out.</source>
            <translation>Bitte ein anderes --out wählen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/teach.py" />
            <source>The loss stopped being a number at step {step}.</source>
            <translation>Der Verlust ist seit Schritt {step} keine Zahl mehr.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/teach.py" />
            <source>Look for labels that are far outside their images.</source>
            <translation>Bitte nach Gelenken suchen, die weit außerhalb ihrer Bilder liegen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/unlabelled.py" />
            <source>{folder} holds no pictures beside the labelled ones.</source>
            <translation>{folder} enthält außer den beschrifteten keine Bilder.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/adaptation/unlabelled.py" />
            <source>Leave --unlabelled out.</source>
            <translation>Bitte --unlabelled weglassen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/batch/conversion.py" />
            <source>ClickPose writes {title}, but does not read it.</source>
            <translation>ClickPose schreibt {title}, liest es aber nicht.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/batch/conversion.py" />
            <source>ClickPose reads {title}, but does not write it.</source>
            <translation>ClickPose liest {title}, schreibt es aber nicht.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/batch/conversion.py" />
            <source>{out} would not know where its images are.</source>
            <translation>{out} wüsste nicht, wo die Bilder liegen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/batch/conversion.py" />
            <source>Say it with --images FOLDER.</source>
            <translation>Mit --images ORDNER angeben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/engine/devices.py" />
            <source>There is no device {wanted!r}.</source>
            <translation>Ein Gerät {wanted!r} gibt es nicht.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/engine/devices.py" />
            <source>Choose one of {devices}.</source>
            <translation>Bitte eines von {devices} wählen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/engine/devices.py" />
            <source>This machine (or this build of torch) offers no {wanted} device.</source>
            <translation>Dieser Rechner (oder dieses torch) hat kein Gerät {wanted}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/engine/devices.py" />
            <source>Use --device auto or --device cpu.</source>
            <translation>Bitte --device auto oder --device cpu nehmen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/engine/devices.py" />
            <source>This machine (or this build of torch) offers no cuda:{number}; CUDA GPUs: {there}.</source>
            <translation>Dieser Rechner (oder dieses torch) hat kein cuda:{number}; CUDA-GPUs: {there}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/engine/devices.py" />
            <source>Use one of those, --device auto or --device cpu.</source>
            <translation>Eine von diesen, --device auto oder --device cpu nehmen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/engine/loading.py" />
            <source>{path} places {keypoints} keypoints, not the {wanted} of {skeleton}.</source>
            <translation>{path} setzt {keypoints} Gelenke, nicht die {wanted} von {skeleton}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/engine/loading.py" />
            <source>Choose weights that were trained for that skeleton.</source>
            <translation>Bitte Gewichte wählen, die für dieses Skelett trainiert wurden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/engine/many.py" />
            <source>The GPU's memory does not hold a single image.</source>
            <translation>Der Speicher der GPU fasst kein einziges Bild.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/engine/many.py" />
            <source>Close what else uses it, or take --device cpu.</source>
            <translation>Andere Programme auf der GPU schließen oder --device cpu nehmen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/errors.py" />
            <source>{message}</source>
            <translation>{message}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/errors.py" />
            <source>{message} {hint}</source>
            <translation>{message} {hint}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/atomic_file.py" />
            <source>{path} is not a file that can be replaced.</source>
            <translation>{path} ist keine Datei, die ersetzt werden kann.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/atomic_file.py" />
            <source>Choose another name.</source>
            <translation>Bitte einen anderen Namen wählen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/atomic_file.py" />
            <source>{path} cannot be written: {reason}.</source>
            <translation>{path} lässt sich nicht schreiben: {reason}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/atomic_file.py" />
            <source>What was there before is unchanged.</source>
            <translation>Was vorher da war, ist unverändert.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/catalogue.py" />
            <source>{path} does not exist.</source>
            <translation>{path} gibt es nicht.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/catalogue.py" />
            <source>Check the name.</source>
            <translation>Bitte den Namen prüfen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/catalogue.py" />
            <source>{path} looks like none of the formats that ClickPose reads.</source>
            <translation>{path} sieht nach keinem der Formate aus, die ClickPose liest.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/catalogue.py" />
            <source>Say which one it is with --from; clickpose import --help lists them.</source>
            <translation>Mit --from angeben, welches es ist; clickpose import --help zählt sie auf.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_category.py" />
            <source>is there twice</source>
            <translation>ist doppelt vorhanden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_category.py" />
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_category.py" />
            <source>{path} has several categories with keypoints ({names}).</source>
            <translation>{path} hat mehrere Kategorien mit Gelenken ({names}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_category.py" />
            <source>Split it: ClickPose works on one at a time.</source>
            <translation>Bitte die Datei teilen: ClickPose bearbeitet immer nur eine.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_category.py" />
            <source>{path} has no category with keypoints, and none that is called person ({names}).</source>
            <translation>{path} hat keine Kategorie mit Gelenken und keine, die person heißt ({names}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_category.py" />
            <source>Add the names of the keypoints to the category.</source>
            <translation>Bitte in der Kategorie die Namen der Gelenke ergänzen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_category.py" />
            <source>names {names} twice</source>
            <translation>nennt {names} doppelt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_category.py" />
            <source>is wrong: {error}</source>
            <translation>ist falsch: {error}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_category.py" />
            <source>has the edge {edge}, which joins no two keypoints</source>
            <translation>hat die Kante {edge}, die keine zwei Gelenke verbindet</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>file</source>
            <translation>Datei</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>holds NaN or Infinity, which JSON does not have</source>
            <translation>enthält NaN oder Infinity, die JSON nicht kennt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>has no {name}</source>
            <translation>hat kein {name}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>{path} is no COCO data set: it has no images, annotations and categories.</source>
            <translation>{path} ist kein COCO-Datensatz: Bilder, Annotationen und Kategorien fehlen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>A list of results is scored with clickpose evaluate --predictions.</source>
            <translation>Eine Ergebnisliste bewertet clickpose evaluate --predictions.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>is no object</source>
            <translation>ist kein Objekt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>id is not a whole number</source>
            <translation>id ist keine ganze Zahl</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>id is there twice</source>
            <translation>id ist doppelt vorhanden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>person has the id {category_id}; Detectron2 expects 1</source>
            <translation>person hat die id {category_id}; Detectron2 erwartet 1</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>keypoints is not a list of names</source>
            <translation>keypoints ist keine Liste von Namen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>keypoints names one twice</source>
            <translation>keypoints nennt einen Namen doppelt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>has no skeleton</source>
            <translation>hat kein skeleton</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>skeleton is not a list of pairs of numbers</source>
            <translation>skeleton ist keine Liste von Zahlenpaaren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>skeleton counts keypoints from 0; COCO counts from 1</source>
            <translation>skeleton zählt die Keypoints ab 0; COCO zählt ab 1</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>skeleton names a keypoint that is not among the {count}</source>
            <translation>skeleton nennt einen Keypoint, der nicht unter den {count} ist</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>file_name is missing</source>
            <translation>file_name fehlt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>width and height are not whole numbers above 0</source>
            <translation>width und height sind keine ganzen Zahlen über 0</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>file_name has backslashes; forward ones are understood everywhere</source>
            <translation>file_name hat umgekehrte Schrägstriche; nur / versteht jedes Programm</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check.py" />
            <source>file_name {name!r} is there twice</source>
            <translation>file_name {name!r} ist doppelt vorhanden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>error: {where}: {problem}</source>
            <translation>Fehler: {where}: {problem}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>warning: {where}: {problem}</source>
            <translation>Warnung: {where}: {problem}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>id is below 1: COCOeval counts a match with id 0 as a miss</source>
            <translation>id liegt unter 1: COCOeval zählt einen Treffer mit der id 0 als Fehlschlag</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>image_id {image_id} is none of the images</source>
            <translation>image_id {image_id} gehört zu keinem der Bilder</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>category_id {category_id} is none of the categories</source>
            <translation>category_id {category_id} gehört zu keiner der Kategorien</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>ignore is written; Detectron2 refuses it unless it is 0</source>
            <translation>ignore ist angegeben; Detectron2 nimmt es nur mit dem Wert 0 an</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>bbox is not [x, y, width, height]</source>
            <translation>bbox ist nicht [x, y, Breite, Höhe]</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>bbox has no extent; others drop the person</source>
            <translation>bbox hat keine Ausdehnung; andere Programme lassen die Person weg</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>bbox reaches out of the image</source>
            <translation>bbox ragt aus dem Bild</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>area is missing or not above 0; OKS divides by it</source>
            <translation>area fehlt oder liegt nicht über 0; OKS teilt dadurch</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>iscrowd is missing or neither 0 nor 1</source>
            <translation>iscrowd fehlt oder ist weder 0 noch 1</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>segmentation is null; leave it out</source>
            <translation>segmentation ist null; bitte weglassen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>segmentation is neither polygons nor a mask; leave it out</source>
            <translation>segmentation enthält weder Polygone noch eine Maske; bitte weglassen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>segmentation has a polygon of fewer than 3 points</source>
            <translation>segmentation hat ein Polygon mit weniger als 3 Punkten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>keypoints are not 3 numbers for each of the {count}</source>
            <translation>keypoints hat nicht 3 Zahlen für jeden der {count}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>keypoints hold something that is no number</source>
            <translation>keypoints enthält etwas, das keine Zahl ist</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>keypoints have a visibility other than 0, 1 and 2</source>
            <translation>keypoints hat eine andere Sichtbarkeit als 0, 1 und 2</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>keypoints that are not labelled (v = 0) are not at 0, 0</source>
            <translation>keypoints: nicht annotierte (v = 0) liegen nicht bei 0, 0</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>num_keypoints is {stated}, but {labelled} are labelled</source>
            <translation>num_keypoints ist {stated}, annotiert sind aber {labelled}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>keypoints lie outside the image</source>
            <translation>keypoints liegen außerhalb des Bildes</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_check_person.py" />
            <source>{name} is not 3 numbers for each of its {count}</source>
            <translation>{name} hat nicht 3 Zahlen für jeden der {count}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_entries.py" />
            <source>must be in its plain form, with forward slashes</source>
            <translation>muss in einfacher Form mit Schrägstrichen / stehen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_entries.py" />
            <source>cannot be written as UTF-8</source>
            <translation>lässt sich nicht als UTF-8 schreiben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_entries.py" />
            <source>must be above 0, not {size}</source>
            <translation>muss über 0 liegen, nicht bei {size}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_entries.py" />
            <source>are {number}, not {keypoint_count} as in the skeleton</source>
            <translation>sind {number}, nicht {keypoint_count} wie im Skelett</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_entries.py" />
            <source>person {person} has NaN or Infinity, which JSON does not have</source>
            <translation>Person {person} hat NaN oder Infinity, die JSON nicht kennt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_entries.py" />
            <source>of person {person} has no extent</source>
            <translation>von Person {person} hat keine Ausdehnung</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_people.py" />
            <source>must be 0 or 1, not {value}</source>
            <translation>muss 0 oder 1 sein, nicht {value}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_people.py" />
            <source>has {numbers} numbers, not 3 for each of the {count} keypoints</source>
            <translation>hat {numbers} Zahlen, nicht 3 für jedes der {count} Gelenke</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_people.py" />
            <source>has the visibility {v:g}; it must be 0, 1 or 2</source>
            <translation>hat die Sichtbarkeit {v:g}; erlaubt sind 0, 1 und 2</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_people.py" />
            <source>must be {count} letters, each h, p or -</source>
            <translation>muss aus {count} Zeichen bestehen, jedes h, p oder -</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_people.py" />
            <source>is missing, and there are no keypoints to tell where it is</source>
            <translation>fehlt, und es gibt keine Gelenke, die zeigen, wo sie liegt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_people.py" />
            <source>has the size {w:g} x {h:g}; it must not be negative</source>
            <translation>hat die Größe {w:g} x {h:g}; sie darf nicht negativ sein</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_people.py" />
            <source>has {number:g}, which is no number of pixels</source>
            <translation>enthält {number:g}; so viele Pixel gibt es nicht</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_read.py" />
            <source>the top level</source>
            <translation>die oberste Ebene</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_read.py" />
            <source>{file_name!r} is there twice</source>
            <translation>{file_name!r} ist doppelt vorhanden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_read.py" />
            <source>{image_id} is none of the images</source>
            <translation>{image_id} ist keines der Bilder</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_read.py" />
            <source>{category_id} is none of the categories</source>
            <translation>{category_id} ist keine der Kategorien</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_read.py" />
            <source>must be a whole number of pixels above 0, not {size:g}</source>
            <translation>muss eine ganze Zahl von Pixeln über 0 sein, nicht {size:g}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>an object</source>
            <translation>ein Objekt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>a number</source>
            <translation>eine Zahl</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>a whole number</source>
            <translation>eine ganze Zahl</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>a text</source>
            <translation>ein Text</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>a list</source>
            <translation>eine Liste</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>true or false</source>
            <translation>true oder false</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>null</source>
            <translation>null</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>annotation</source>
            <translation>Annotation</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>image</source>
            <translation>Bild</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>category</source>
            <translation>Kategorie</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>{path} cannot be read: {reason}.</source>
            <translation>{path} lässt sich nicht lesen: {reason}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>{path} is not valid JSON: {error}.</source>
            <translation>{path} ist kein gültiges JSON: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>It may be cut short or damaged; copy it again.</source>
            <translation>Die Datei ist wohl abgeschnitten oder beschädigt; bitte neu kopieren.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>{path} is not UTF-8 text ({reason}).</source>
            <translation>{path} ist kein Text in UTF-8 ({reason}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>Save it as UTF-8.</source>
            <translation>Bitte die Datei als UTF-8 speichern.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>{path} is a list, not a COCO data set.</source>
            <translation>{path} ist eine Liste, kein COCO-Datensatz.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>A list of detections needs the images and categories of the data set around it.</source>
            <translation>Eine Liste von Erkennungen braucht um sich die Bilder und Kategorien des Datensatzes.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>{path} is nested too deeply to be read.</source>
            <translation>{path} ist zu tief verschachtelt, um gelesen zu werden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>It is damaged or of another program.</source>
            <translation>Die Datei ist beschädigt oder von einem anderen Programm.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>NaN or Infinity</source>
            <translation>NaN oder Infinity</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>{record} number {number} of the list</source>
            <translation>{record} Nummer {number} der Liste</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>{record} {id}</source>
            <translation>{record} {id}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>image {name!r}</source>
            <translation>Bild {name!r}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>{problem}</source>
            <translation>{problem}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>{path}: {where}: {flaw}.</source>
            <translation>{path}: {where}: {flaw}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>is nested too deeply</source>
            <translation>ist zu tief verschachtelt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>cannot be read: {error}</source>
            <translation>lässt sich nicht lesen: {error}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>the field {field} is missing</source>
            <translation>das Feld {field} fehlt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>{place}: {problem}</source>
            <translation>{place}: {problem}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>{path}: {problem}.</source>
            <translation>{path}: {problem}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>{path}: {where}: {problem}.</source>
            <translation>{path}: {where}: {problem}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>expected {wanted}, got {found}</source>
            <translation>erwartet war {wanted}, gefunden wurde {found}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>{name}</source>
            <translation>{name}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_records.py" />
            <source>{one} or {other}</source>
            <translation>{one} oder {other}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>{path}: detection {number}: {problem}.</source>
            <translation>{path}: Detektion {number}: {problem}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>{path} is no list of detections.</source>
            <translation>{path} ist keine Liste von Detektionen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>A whole data set is read with --from coco.</source>
            <translation>Ein ganzer Datensatz wird mit --from coco gelesen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>{path}: detection {number}: {error}.</source>
            <translation>{path}: Detektion {number}: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>{path} knows its images only by their ids.</source>
            <translation>{path} kennt seine Bilder nur über ihre ids.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>Name the COCO file that lists them with --coco FILE, or their folder with --images.</source>
            <translation>Bitte mit --coco FILE die COCO-Datei angeben, die sie aufzählt, oder mit --images ihren Ordner.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>{path} does not say what its {count} keypoints are.</source>
            <translation>{path} sagt nicht, was seine {count} Keypoints sind.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>Name their skeleton with --skeleton.</source>
            <translation>Bitte ihr Skelett mit --skeleton angeben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>{path}: image {image_id} may be {name} or {file}.</source>
            <translation>{path}: Bild {image_id} kann {name} oder {file} sein.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>Name the COCO file that lists the images with --coco FILE.</source>
            <translation>Bitte mit --coco FILE die COCO-Datei angeben, die die Bilder aufzählt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>{path}: no image in {folder} has a name that ends in the id {first}.</source>
            <translation>{path}: kein Bild in {folder} hat einen Namen, der mit der id {first} endet.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>image_id {id} is none of the images</source>
            <translation>image_id {id} gehört zu keinem der Bilder</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>category_id {id} is not that of the people, {expected}</source>
            <translation>category_id {id} ist nicht die der Personen, {expected}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>bbox has a negative size</source>
            <translation>bbox hat eine negative Größe</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>it has neither a keypoint nor a bbox</source>
            <translation>sie hat weder einen Keypoint noch eine bbox</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>images without people</source>
            <translation>Bilder ohne Personen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>names and sizes of images</source>
            <translation>Namen und Größen der Bilder</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>people without a labelled joint</source>
            <translation>Personen ohne annotiertes Gelenk</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>crowd regions</source>
            <translation>Gruppenbereiche</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>boxes of people beside their joints</source>
            <translation>Boxen der Personen neben ihren Gelenken</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>that a person has no score; 1 is written</source>
            <translation>dass eine Person keinen Score hat; geschrieben wird 1</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>joints that are occluded</source>
            <translation>verdeckte Gelenke als solche</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>joints that a person placed</source>
            <translation>wer ein Gelenk gesetzt hat</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_results.py" />
            <source>further fields of people</source>
            <translation>weitere Felder von Personen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_schema.py" />
            <source>{name} {problem}</source>
            <translation>{name} {problem}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_schema.py" />
            <source>{name!r} is absolute; it must be relative to the image folder</source>
            <translation>{name!r} ist ein absoluter Pfad; er muss vom Bildordner ausgehen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_schema.py" />
            <source>{name!r} leaves the image folder</source>
            <translation>{name!r} führt aus dem Bildordner hinaus</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_schema.py" />
            <source>{name!r} names no file</source>
            <translation>{name!r} benennt keine Datei</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_write.py" />
            <source>{id} is there twice</source>
            <translation>{id} ist doppelt vorhanden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_write.py" />
            <source>{path}: image {file_name!r}: {error}.</source>
            <translation>{path}: Bild {file_name!r}: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/coco_write.py" />
            <source>{path}: the top level: {error}.</source>
            <translation>{path}: die oberste Ebene: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_elements.py" />
            <source>of &lt;{tag}&gt; is missing</source>
            <translation>von &lt;{tag}&gt; fehlt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_elements.py" />
            <source>must be a whole number of pixels, not {text!r}</source>
            <translation>muss eine ganze Zahl von Pixeln sein, nicht {text!r}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_elements.py" />
            <source>is {text!r}, which is no place in an image</source>
            <translation>ist {text!r}; das ist kein Ort in einem Bild</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_elements.py" />
            <source>must be 0 or 1, not {text!r}</source>
            <translation>muss 0 oder 1 sein, nicht {text!r}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_labels.py" />
            <source>{path} has several labels with skeletons ({names}).</source>
            <translation>{path} hat mehrere Labels mit Skeletten ({names}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_labels.py" />
            <source>ClickPose works on one at a time: export them from CVAT one by one.</source>
            <translation>ClickPose bearbeitet immer nur eines: bitte einzeln aus CVAT exportieren.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_labels.py" />
            <source>{path}: {what} {name!r} is no name that CVAT takes: 1 to {count} characters.</source>
            <translation>{path}: {what} {name!r} ist kein Name, den CVAT annimmt: 1 bis {count} Zeichen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_labels.py" />
            <source>Change it in the skeleton editor.</source>
            <translation>Bitte im Skeletteditor ändern.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_read.py" />
            <source>{path} is CVAT for video, which does not name its images.</source>
            <translation>{path} ist „CVAT for video“, das seine Bilder nicht nennt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_read.py" />
            <source>Export it from CVAT as "CVAT for images 1.1".</source>
            <translation>Bitte aus CVAT als „CVAT for images 1.1“ exportieren.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_read.py" />
            <source>{path} has no skeletons.</source>
            <translation>{path} hat keine Skelette.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_read.py" />
            <source>If it has people all the same, say their keypoints with --skeleton NAME.</source>
            <translation>Enthält die Datei trotzdem Personen, bitte ihre Keypoints mit --skeleton NAME angeben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_read.py" />
            <source>has {name!r} twice</source>
            <translation>hat {name!r} doppelt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_read.py" />
            <source>has the label {name!r}, which is none of the keypoints</source>
            <translation>hat das Label {name!r}, das keiner der Keypoints ist</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_write.py" />
            <source>label</source>
            <translation>Label</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_write.py" />
            <source>keypoint</source>
            <translation>Keypoint</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_write.py" />
            <source>has characters that XML cannot hold</source>
            <translation>hat Zeichen, die XML nicht kennt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_write.py" />
            <source>ids of images</source>
            <translation>ids der Bilder</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_write.py" />
            <source>states of images</source>
            <translation>Stand der Arbeit an Bildern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_write.py" />
            <source>notes on images</source>
            <translation>Notizen zu Bildern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_write.py" />
            <source>the field {name!r} of images</source>
            <translation>das Feld {name!r} von Bildern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_write.py" />
            <source>fields of people that are called {name!r}</source>
            <translation>Felder von Personen mit dem Namen {name!r}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_write.py" />
            <source>values of {name!r} of more than {count} characters</source>
            <translation>Werte von {name!r} mit mehr als {count} Zeichen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/cvat_write.py" />
            <source>have {number:g}, which is no number of pixels</source>
            <translation>enthalten {number:g}; so viele Pixel gibt es nicht</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_read.py" />
            <source>{path} has no annotations/*.json, as Datumaro's folders have.</source>
            <translation>{path} hat kein annotations/*.json, wie es Ordner von Datumaro haben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_read.py" />
            <source>{path} has other keypoints than {other}.</source>
            <translation>{path} hat andere Keypoints als {other}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_read.py" />
            <source>{path} has no label with keypoints, or several that are not called person.</source>
            <translation>{path} hat kein Label mit Keypoints oder mehrere, von denen keines person heißt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_read.py" />
            <source>If its points are those of people, say which with --skeleton NAME.</source>
            <translation>Gehören die Punkte zu Personen, bitte mit --skeleton NAME angeben, welche es sind.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_read.py" />
            <source>{path}: label_id {label_id} is none of the labels.</source>
            <translation>{path}: label_id {label_id} gehört zu keinem der Labels.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_read.py" />
            <source>item number {number}</source>
            <translation>Item Nummer {number}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_read.py" />
            <source>item {name!r}</source>
            <translation>Item {name!r}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_read.py" />
            <source>{where}: annotation number {number}</source>
            <translation>{where}: Annotation Nummer {number}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_read.py" />
            <source>is the second one of its group</source>
            <translation>ist schon die zweite ihrer Gruppe</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_read.py" />
            <source>is missing</source>
            <translation>fehlt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_read.py" />
            <source>are the second ones of their group</source>
            <translation>sind schon die zweiten ihrer Gruppe</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_read.py" />
            <source>has {name!r}, which is none of the keypoints</source>
            <translation>hat {name!r}; das ist keiner der Keypoints</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_read.py" />
            <source>has {found} numbers, not 2 for each of {count} keypoints</source>
            <translation>hat {found} Zahlen, nicht 2 für jeden der {count} Keypoints</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_read.py" />
            <source>must be {count} times 0, 1 or 2, not {seen}</source>
            <translation>muss {count}-mal 0, 1 oder 2 sein, nicht {seen}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_write.py" />
            <source>{path} cannot hold the subsets {names} at once.</source>
            <translation>{path} kann die Teilmengen {names} nicht zugleich aufnehmen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_write.py" />
            <source>Name a folder.</source>
            <translation>Bitte einen Ordner angeben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_write.py" />
            <source>{path}: image {file_name!r}: {field} {subset!r} is no name of a file.</source>
            <translation>{path}: Bild {file_name!r}: {field} {subset!r} ist kein Dateiname.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_write.py" />
            <source>annotations of other categories</source>
            <translation>Annotationen anderer Kategorien</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_write.py" />
            <source>of the category</source>
            <translation>der Kategorie</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/datumaro_write.py" />
            <source>of the data set</source>
            <translation>des Datensatzes</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_config.py" />
            <source>{path}: the list of bodyparts is empty.</source>
            <translation>{path}: Die Liste der bodyparts ist leer.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_config.py" />
            <source>{path}: a body part is there twice.</source>
            <translation>{path}: Ein Körperteil ist doppelt vorhanden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_config.py" />
            <source>{path} is no configuration of a DeepLabCut project.</source>
            <translation>{path} ist keine Konfiguration eines DeepLabCut-Projekts.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_config.py" />
            <source>{path}: {field} must be a list of names.</source>
            <translation>{path}: {field} muss eine Liste von Namen sein.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_config.py" />
            <source>{path}: skeleton must be a list of pairs of body parts.</source>
            <translation>{path}: skeleton muss eine Liste von Paaren von Körperteilen sein.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_config.py" />
            <source>{path}: skeleton joins {name}, which is none of the bodyparts.</source>
            <translation>{path}: skeleton verbindet {name}; das gehört nicht zu den bodyparts.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_config.py" />
            <source>Take it out of the skeleton there.</source>
            <translation>Bitte dort aus skeleton entfernen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_csv.py" />
            <source>{path} is not a table of comma-separated values: {error}.</source>
            <translation>{path} ist keine Tabelle mit kommagetrennten Werten: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_csv.py" />
            <source>{path} cannot be read: {value}.</source>
            <translation>{path} lässt sich nicht lesen: {value}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_csv.py" />
            <source>{path}: line {row} has {count} cells, not {value} as the header.</source>
            <translation>{path}: Zeile {row} hat {count} Zellen, nicht {value} wie der Kopf.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_csv.py" />
            <source>{path}: line {value} of the header is {name!r}, not {expected}.</source>
            <translation>{path}: Zeile {value} des Kopfes ist {name!r}, nicht {expected}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_csv.py" />
            <source>DeepLabCut's tables begin with scorer, individuals (if several), bodyparts, coords.</source>
            <translation>Tabellen von DeepLabCut beginnen mit scorer, individuals (falls mehrere), bodyparts, coords.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_csv.py" />
            <source>{path}: the header's line coords names no x and y.</source>
            <translation>{path}: Die Zeile coords des Kopfes nennt kein x und y.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_csv.py" />
            <source>{path}: the header's line {name} has {count} cells, not {count2}.</source>
            <translation>{path}: Die Zeile {name} des Kopfes hat {count} Zellen, nicht {count2}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_csv.py" />
            <source>{path}: line {row}: {coordinate} of body part {bodypart} is {cell!r}, not a number.</source>
            <translation>{path}: Zeile {row}: {coordinate} des Körperteils {bodypart} ist {cell!r}, keine Zahl.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_csv.py" />
            <source>{path}: a name in it cannot be written as UTF-8.</source>
            <translation>{path}: Ein Name darin lässt sich nicht als UTF-8 schreiben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_frames.py" />
            <source>{path}: frame {frame}: {flaw}.</source>
            <translation>{path}: Einzelbild {frame}: {flaw}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_frames.py" />
            <source>{path}: frame {frame} is there twice.</source>
            <translation>{path}: Einzelbild {frame} ist doppelt vorhanden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_frames.py" />
            <source>{folder} cannot be read: {strerror}.</source>
            <translation>{folder} lässt sich nicht lesen: {strerror}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_frames.py" />
            <source>{path} numbers the frames of one video, but {folder} holds {name} and {next}.</source>
            <translation>{path} nummeriert die Einzelbilder eines einzigen Videos, aber {folder} enthält {name} und {next}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_frames.py" />
            <source>Say with --images FOLDER where the frames of this video are.</source>
            <translation>Bitte mit --images FOLDER angeben, wo die Einzelbilder dieses Videos liegen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_frames.py" />
            <source>{path} numbers the frames of a video, and {folder} holds no images of frames.</source>
            <translation>{path} nummeriert die Einzelbilder eines Videos, aber {folder} enthält keine Einzelbilder.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_frames.py" />
            <source>Say with --images FOLDER where they are; a few of them are enough.</source>
            <translation>Bitte mit --images FOLDER angeben, wo sie liegen; einige davon genügen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_frames.py" />
            <source>{path}: the image {name} is not in {root}, and DeepLabCut's tables do not say how large images are.</source>
            <translation>{path}: Das Bild {name} liegt nicht in {root}, und Tabellen von DeepLabCut sagen nicht, wie groß Bilder sind.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_frames.py" />
            <source>Say with --images FOLDER where the images are.</source>
            <translation>Bitte mit --images FOLDER angeben, wo die Bilder liegen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_h5.py" />
            <source>Copy it again from where it came, or import the CSV file beside it.</source>
            <translation>Bitte die Datei noch einmal von dort kopieren, woher sie kam, oder die CSV-Datei daneben importieren.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_h5.py" />
            <source>{path} holds no table of points: {line}.</source>
            <translation>{path} enthält keine Tabelle von Punkten: {line}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_h5.py" />
            <source>{path} is not a table of DeepLabCut: its columns are not scorer, individuals (if several), bodyparts and coords.</source>
            <translation>{path} ist keine Tabelle von DeepLabCut: Ihre Spalten sind nicht scorer, individuals (falls mehrere), bodyparts und coords.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_h5.py" />
            <source>{path}: a coordinate is not a number: {line}.</source>
            <translation>{path}: Eine Koordinate ist keine Zahl: {line}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_read.py" />
            <source>{path}: there is no folder labeled-data beside it.</source>
            <translation>{path}: Daneben gibt es keinen Ordner labeled-data.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_read.py" />
            <source>{path}: no folder of labeled-data holds CollectedData_{scorer}.csv or .h5.</source>
            <translation>{path}: Kein Ordner in labeled-data enthält CollectedData_{scorer}.csv oder .h5.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_read.py" />
            <source>Label some frames first, or correct the scorer.</source>
            <translation>Bitte zuerst einige Einzelbilder annotieren oder den scorer berichtigen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_read.py" />
            <source>{path}: the body part {bodypart} is none of those in {path2}.</source>
            <translation>{path}: Den Körperteil {bodypart} gibt es in {path2} nicht.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_read.py" />
            <source>Add it there, or rename it.</source>
            <translation>Bitte dort hinzufügen oder umbenennen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_table.py" />
            <source>{path} holds points of several scorers ({values}).</source>
            <translation>{path} enthält Punkte mehrerer scorer ({values}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_table.py" />
            <source>Export one file for each of them from DeepLabCut.</source>
            <translation>Bitte aus DeepLabCut für jeden eine eigene Datei exportieren.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_table.py" />
            <source>{where}: the coordinate is none of x, y and likelihood.</source>
            <translation>{where}: Die Koordinate ist weder x noch y noch likelihood.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_table.py" />
            <source>{where} is there twice.</source>
            <translation>{where} ist doppelt vorhanden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_table.py" />
            <source>{path}: {column_name} is missing.</source>
            <translation>{path}: {column_name} fehlt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_table.py" />
            <source>{path}: frame {value}: {column_name} {problem}.</source>
            <translation>{path}: Einzelbild {value}: {column_name} {problem}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_write.py" />
            <source>{path} would have {count:,} individuals on {count2:,} frames, which is more than a gigabyte.</source>
            <translation>{path} hätte {count:,} Individuen auf {count2:,} Einzelbildern; das ist mehr als ein Gigabyte.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_write.py" />
            <source>Write it in parts: clickpose split divides a data set.</source>
            <translation>Bitte in Teilen schreiben: clickpose split teilt einen Datensatz.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_write.py" />
            <source>that a person is of no track</source>
            <translation>dass eine Person zu keinem Track gehört</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_write.py" />
            <source>{path}: image {file_name!r}: a person has {count} keypoints, not {count2} as the skeleton.</source>
            <translation>{path}: Bild {file_name!r}: Eine Person hat {count} Keypoints, nicht {count2} wie das Skelett.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_write.py" />
            <source>which keypoints are occluded</source>
            <translation>welche Keypoints verdeckt sind</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_write.py" />
            <source>scores of people</source>
            <translation>Scores von Personen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_write.py" />
            <source>confidences of unlabelled keypoints</source>
            <translation>die Sicherheit nicht annotierter Keypoints</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_write.py" />
            <source>which keypoints are predicted</source>
            <translation>welche Keypoints vorhergesagt sind</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_write.py" />
            <source>confidences of keypoints among labels</source>
            <translation>die Sicherheit von Keypoints in Annotationen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/deeplabcut_write.py" />
            <source>who drew a box</source>
            <translation>wer eine Box gezeichnet hat</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/folders.py" />
            <source>{path} is there already and not empty.</source>
            <translation>{path} ist schon da und nicht leer.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/folders.py" />
            <source>Name a folder that is not there yet.</source>
            <translation>Bitte einen Ordner angeben, den es noch nicht gibt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/folders.py" />
            <source>{path} is there already and no folder.</source>
            <translation>{path} ist schon da und kein Ordner.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/folders.py" />
            <source>The folder {folder} cannot be made: {reason}.</source>
            <translation>Der Ordner {folder} lässt sich nicht anlegen: {reason}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/folders.py" />
            <source>Choose another folder.</source>
            <translation>Bitte einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/format.py" />
            <source>{path} does not say where its images are.</source>
            <translation>{path} sagt nicht, wo die Bilder liegen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/format.py" />
            <source>{title} cannot hold {what} ({count:,}).</source>
            <translation>{title} kann nicht festhalten: {what} ({count:,}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/found_images.py" />
            <source>of images</source>
            <translation>von Bildern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/found_images.py" />
            <source>is not valid Unicode</source>
            <translation>ist kein gültiges Unicode</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/found_images.py" />
            <source>is {state!r}, which is no state</source>
            <translation>ist {state!r}; diesen Stand gibt es nicht</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/found_images.py" />
            <source>must be a text</source>
            <translation>muss ein Text sein</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/found_images.py" />
            <source>{where}: person number {number}</source>
            <translation>{where}: Person Nummer {number}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/found_images.py" />
            <source>{path} names no keypoints.</source>
            <translation>{path} nennt keine Keypoints.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/found_images.py" />
            <source>Say which they are with --skeleton NAME.</source>
            <translation>Bitte mit --skeleton NAME angeben, welche es sind.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/found_images.py" />
            <source>skeleton {name!r}</source>
            <translation>Skelett {name!r}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/found_images.py" />
            <source>limbs</source>
            <translation>Verbindungen der Gelenke</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/found_images.py" />
            <source>which keypoints mirror each other</source>
            <translation>welche Gelenke einander spiegeln</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/found_images.py" />
            <source>tolerances of keypoints</source>
            <translation>Toleranzen der Gelenke</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/found_images.py" />
            <source>the field {name!r} of the data set</source>
            <translation>das Feld {name!r} des Datensatzes</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/found_images.py" />
            <source>the field {name!r} of the category</source>
            <translation>das Feld {name!r} der Kategorie</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/hdf5_guard.py" />
            <source>{path} is not a file that can be read.</source>
            <translation>{path} ist keine lesbare Datei.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/hdf5_guard.py" />
            <source>{path} is not an HDF5 file, or its beginning is missing.</source>
            <translation>{path} ist keine HDF5-Datei, oder ihr Anfang fehlt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/hdf5_guard.py" />
            <source>Copy it again from where it came.</source>
            <translation>Bitte die Datei noch einmal von dort kopieren, woher sie kam.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/hdf5_guard.py" />
            <source>{path} is damaged or cut short ({error}).</source>
            <translation>{path} ist beschädigt oder abgeschnitten ({error}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/hdf5_guard.py" />
            <source>{path}: {full} points to another file.</source>
            <translation>{path}: {full} verweist auf eine andere Datei.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/hdf5_guard.py" />
            <source>{path}: {full} points to nothing.</source>
            <translation>{path}: {full} verweist ins Leere.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/hdf5_guard.py" />
            <source>{path}: {name} keeps its values in another file.</source>
            <translation>{path}: {name} bewahrt seine Werte in einer anderen Datei auf.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/hdf5_guard.py" />
            <source>{path}: {name} says that it holds more than a gigabyte of numbers.</source>
            <translation>{path}: {name} gibt an, mehr als ein Gigabyte Zahlen zu enthalten.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/hdf5_guard.py" />
            <source>Split the file, or copy it again if it should be small.</source>
            <translation>Bitte die Datei teilen oder, falls sie klein sein müsste, noch einmal kopieren.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/hdf5_guard.py" />
            <source>{path}: {where} holds a pickle that could run code ({error}).</source>
            <translation>{path}: {where} enthält ein Pickle, das Code ausführen könnte ({error}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/hdf5_guard.py" />
            <source>Do not open it with other programs either.</source>
            <translation>Bitte auch mit anderen Programmen nicht öffnen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/json_reading.py" />
            <source>{path} is nested too deeply to be annotations.</source>
            <translation>{path} ist zu tief verschachtelt für Annotationen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/json_reading.py" />
            <source>{path} holds NaN or Infinity, which JSON does not have.</source>
            <translation>{path} enthält NaN oder Infinity, die JSON nicht kennt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/json_reading.py" />
            <source>{path}: {where}: is nested too deeply.</source>
            <translation>{path}: {where}: ist zu tief verschachtelt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_config.py" />
            <source>{path}: keypoint {name!r} is no name that Label Studio takes.</source>
            <translation>{path}: Keypoint {name!r} ist kein Name, den Label Studio annimmt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_config.py" />
            <source>{address!r} is no address: {error}</source>
            <translation>{address!r} ist keine Adresse: {error}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_read.py" />
            <source>{path} is one object, not Label Studio's list of tasks.</source>
            <translation>{path} ist ein einzelnes Objekt, nicht die Aufgabenliste von Label Studio.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_read.py" />
            <source>Export it from Label Studio as "JSON".</source>
            <translation>Bitte aus Label Studio als „JSON“ exportieren.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_read.py" />
            <source>the file</source>
            <translation>die Datei</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_read.py" />
            <source>task number {number}</source>
            <translation>Aufgabe Nummer {number}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_read.py" />
            <source>task {id}</source>
            <translation>Aufgabe {id}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_read.py" />
            <source>{where}: result</source>
            <translation>{where}: result</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_read.py" />
            <source>{where}: result number {number}</source>
            <translation>{where}: result Nummer {number}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_read.py" />
            <source>does not say where the image is</source>
            <translation>sagt nicht, wo das Bild liegt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_read.py" />
            <source>and original_height differ between results</source>
            <translation>und original_height sind nicht überall gleich</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_read.py" />
            <source>must be a whole number of pixels above 0, not {side}</source>
            <translation>muss eine ganze Zahl von Pixeln über 0 sein, nicht {side}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_regions.py" />
            <source>is {degrees:g}; turn the image back in Label Studio</source>
            <translation>ist {degrees:g}; bitte das Bild in Label Studio zurückdrehen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_regions.py" />
            <source>has {name!r} twice for one person</source>
            <translation>hat {name!r} doppelt für eine Person</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_regions.py" />
            <source>{parent!r} of a keypoint is none of the boxes</source>
            <translation>{parent!r} eines Keypoints ist keine der Boxen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_regions.py" />
            <source>of the keypoint {name!r} is missing, and {count} boxes hold it</source>
            <translation>des Keypoints {name!r} fehlt, und {count} Boxen enthalten ihn</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_regions.py" />
            <source>has {count} labels, not 1</source>
            <translation>hat {count} Labels, nicht 1</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_regions.py" />
            <source>has the size {width:g} x {height:g}</source>
            <translation>hat die Größe {width:g} x {height:g}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/label_studio_write.py" />
            <source>places outside the image, which were moved to its edge</source>
            <translation>Orte außerhalb des Bildes; sie liegen nun an seinem Rand</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_read.py" />
            <source>the field shapes</source>
            <translation>das Feld shapes</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_read.py" />
            <source>shape number {number}</source>
            <translation>Form Nummer {number}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_read.py" />
            <source>person number {number}</source>
            <translation>Person Nummer {number}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_read.py" />
            <source>{label!r} is none of the keypoints of {name}</source>
            <translation>{label!r} ist keiner der Keypoints von {name}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_read.py" />
            <source>has {count} places, not 1</source>
            <translation>hat {count} Orte, nicht 1</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_read.py" />
            <source>has a second rectangle</source>
            <translation>hat ein zweites Rechteck</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_read.py" />
            <source>has {count} places; a rectangle needs 2</source>
            <translation>hat {count} Orte; ein Rechteck braucht 2</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_read.py" />
            <source>{label!r} is there twice without a group; each person needs a group_id</source>
            <translation>{label!r} ist ohne Gruppe doppelt vorhanden; jede Person braucht eine group_id</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_read.py" />
            <source>{label!r} is there twice of group {group}; each person needs a group_id</source>
            <translation>{label!r} ist in Gruppe {group} doppelt vorhanden; jede Person braucht eine group_id</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_read.py" />
            <source>{path}: imagePath {name!r} leaves the folder.</source>
            <translation>{path}: imagePath {name!r} führt aus dem Ordner hinaus.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_read.py" />
            <source>Say where the images are with --images FOLDER.</source>
            <translation>Bitte mit --images FOLDER angeben, wo die Bilder liegen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_read.py" />
            <source>{path}: imagePath {name!r} is not in {folder}.</source>
            <translation>{path}: imagePath {name!r} liegt nicht in {folder}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_read.py" />
            <source>Choose a folder that all images are in.</source>
            <translation>Bitte einen Ordner wählen, in dem alle Bilder liegen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_write.py" />
            <source>the skeleton</source>
            <translation>das Skelett</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_write.py" />
            <source>would share {target} with {other}</source>
            <translation>müsste sich {target} mit {other} teilen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_write.py" />
            <source>{target} is there already, and is no file of labelme.</source>
            <translation>{target} ist schon da und keine Datei von labelme.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/labelme_write.py" />
            <source>of people</source>
            <translation>von Personen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/library_file.py" />
            <source>{path} cannot be written: {said}.</source>
            <translation>{path} lässt sich nicht schreiben: {said}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/lost_fields.py" />
            <source>further fields of the file</source>
            <translation>weitere Felder der Datei</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/lost_fields.py" />
            <source>the limbs of the skeleton</source>
            <translation>die Verbindungen des Skeletts</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/lost_fields.py" />
            <source>the left and right pairs of the skeleton</source>
            <translation>die Links-rechts-Paare des Skeletts</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/lost_fields.py" />
            <source>the sigmas of the skeleton</source>
            <translation>die Sigmas des Skeletts</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/lost_fields.py" />
            <source>colours and figure of the skeleton</source>
            <translation>Farben und Figur des Skeletts</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/lost_fields.py" />
            <source>further fields of images</source>
            <translation>weitere Felder von Bildern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/lost_fields.py" />
            <source>how far the work on an image is</source>
            <translation>den Stand der Arbeit an einem Bild</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/lost_fields.py" />
            <source>notes of reviewers</source>
            <translation>Notizen der Prüfung</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/lost_fields.py" />
            <source>regions to ignore</source>
            <translation>Bereiche, die ignoriert werden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/lost_fields.py" />
            <source>people without labelled keypoints</source>
            <translation>Personen ohne annotierte Keypoints</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/lost_fields.py" />
            <source>boxes, other than around the keypoints</source>
            <translation>Boxen, die nicht einfach die Keypoints umschließen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/lost_fields.py" />
            <source>ids of people</source>
            <translation>ids von Personen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/named_skeleton.py" />
            <source>{path}: it names no keypoints.</source>
            <translation>{path}: Die Datei nennt keine Gelenke.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/named_skeleton.py" />
            <source>{path}: the keypoint {name!r} is there twice.</source>
            <translation>{path}: Das Gelenk {name!r} ist doppelt vorhanden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/named_skeleton.py" />
            <source>{path}: the name of a keypoint is not valid Unicode.</source>
            <translation>{path}: Der Name eines Keypoints ist kein gültiges Unicode.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/optional_library.py" />
            <source>{path} needs the library {value}, which is not installed.</source>
            <translation>{path} braucht die Bibliothek {value}, die nicht installiert ist.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/optional_library.py" />
            <source>Install it with: pip install "clickpose-app[{extra}]".</source>
            <translation>Installieren mit: pip install "clickpose-app[{extra}]".</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/people_parquet.py" />
            <source>Writing Parquet needs pyarrow, which is not installed.</source>
            <translation>Für Parquet fehlt pyarrow.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/people_parquet.py" />
            <source>Install clickpose-app[parquet], or write to a .json file.</source>
            <translation>Bitte clickpose-app[parquet] installieren oder eine .json-Datei schreiben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/person_fields.py" />
            <source>are {found}, not {count}</source>
            <translation>sind {found}, nicht {count}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/person_fields.py" />
            <source>values of the field {name!r} {of_what} that JSON does not have</source>
            <translation>Werte des Feldes {name!r} {of_what}, die JSON nicht kennt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/person_fields.py" />
            <source>fields {of_what} that are called {name!r}</source>
            <translation>Felder {of_what} mit dem Namen {name!r}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/person_fields.py" />
            <source>must be a number, not {value}</source>
            <translation>muss eine Zahl sein, nicht {value}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/person_fields.py" />
            <source>has neither a box nor keypoints to tell where it is</source>
            <translation>hat weder eine Box noch Keypoints, die zeigen, wo sie ist</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/person_fields.py" />
            <source>the box</source>
            <translation>die Box</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/safe_xml.py" />
            <source>{path} is no such file: it begins with &lt;{tag}&gt;.</source>
            <translation>{path} ist keine solche Datei: sie beginnt mit &lt;{tag}&gt;.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/safe_xml.py" />
            <source>{path} is not valid XML: {reason} in line {line}.</source>
            <translation>{path} ist kein gültiges XML: {reason} in Zeile {line}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/safe_xml.py" />
            <source>{path} has a document type, which annotations never need and attacks do.</source>
            <translation>{path} hat einen Dokumenttyp; Annotationen brauchen das nie, Angriffe schon.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/safe_xml.py" />
            <source>Take the line with &lt;!DOCTYPE out if you trust it.</source>
            <translation>Wer der Datei vertraut, entfernt die Zeile mit &lt;!DOCTYPE.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/safe_xml.py" />
            <source>{path}: line {line}: is nested too deeply.</source>
            <translation>{path}: Zeile {line}: ist zu tief verschachtelt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/skeleton_fit.py" />
            <source>{title} knows none of the keypoints of {name}.</source>
            <translation>{title} kennt keinen der Keypoints von {name}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/skeleton_fit.py" />
            <source>Choose another format, or another skeleton in the window.</source>
            <translation>Bitte ein anderes Format wählen oder im Fenster ein anderes Skelett.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/skeleton_fit.py" />
            <source>the keypoint {name}</source>
            <translation>das Gelenk {name}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_names.py" />
            <source>{path}: image {name!r}: {flaw}.</source>
            <translation>{path}: Bild {name!r}: {flaw}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_people.py" />
            <source>{where} has {count} points, not {nodes} as the skeleton.</source>
            <translation>{where} hat {count} Punkte, nicht {nodes} wie das Skelett.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_people.py" />
            <source>{where}: node {node} has only one coordinate.</source>
            <translation>{where}: Knoten {node} hat nur eine Koordinate.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_people.py" />
            <source>{where}: node {node} is at {x:g}, {y:g}, which are no pixels.</source>
            <translation>{where}: Knoten {node} liegt bei {x:g}, {y:g}; das sind keine Pixel.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_people.py" />
            <source>{where} has an infinite score.</source>
            <translation>{where} hat einen unendlichen Score.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_read.py" />
            <source>{path} is not a SLEAP file that can be read: {said}.</source>
            <translation>{path} ist keine lesbare SLEAP-Datei: {said}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_read.py" />
            <source>Open it in SLEAP and save it again.</source>
            <translation>Bitte in SLEAP öffnen und neu speichern.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_read.py" />
            <source>{path} has instances of several skeletons ({names}).</source>
            <translation>{path} hat Instanzen mehrerer Skelette ({names}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_read.py" />
            <source>{path} has no skeleton.</source>
            <translation>{path} hat kein Skelett.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_read.py" />
            <source>Define its nodes in SLEAP first.</source>
            <translation>Bitte zuerst in SLEAP seine Knoten festlegen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_read.py" />
            <source>{path}: {title} has {count} images, but labels on frames {min} to {max}, counted from 0.</source>
            <translation>{path}: {title} hat {count} Bilder, aber Annotationen auf den Einzelbildern {min} bis {max}, gezählt ab 0.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_read.py" />
            <source>{path}: frame {index} of {title} is there twice.</source>
            <translation>{path}: Einzelbild {index} von {title} ist doppelt vorhanden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_read.py" />
            <source>{path}: the shape of {title} is {shape!r}.</source>
            <translation>{path}: Die Form (shape) von {title} ist {shape!r}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_read.py" />
            <source>{path}: the image {name!r} is there twice.</source>
            <translation>{path}: Das Bild {name!r} ist doppelt vorhanden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_read.py" />
            <source>{path} does not say how large the image {name} is, and it is not in {folder}.</source>
            <translation>{path} sagt nicht, wie groß das Bild {name} ist, und es liegt nicht in {folder}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_write.py" />
            <source>the order of images of several sizes</source>
            <translation>die Reihenfolge von Bildern verschiedener Größe</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_write.py" />
            <source>confidences of keypoints of people corrected by hand</source>
            <translation>die Sicherheit der Keypoints von Hand korrigierter Personen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_write.py" />
            <source>scores of people corrected by hand</source>
            <translation>Scores von Hand korrigierter Personen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/sleap_write.py" />
            <source>more than seven digits of a score</source>
            <translation>mehr als sieben Stellen eines Scores</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/trial.py" />
            <source>{path} is damaged: the library that reads such files cannot cope with it.</source>
            <translation>{path} ist beschädigt: Die Bibliothek, die solche Dateien liest, kommt damit nicht zurecht.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/whole_body.py" />
            <source>{path} has a body of other keypoints than COCO's {count}.</source>
            <translation>{path} hat einen Körper mit anderen Keypoints als den {count} von COCO.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/whole_body.py" />
            <source>Read it as plain COCO keypoints with --from coco.</source>
            <translation>Mit --from coco lässt es sich als einfache COCO-Keypoints lesen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/whole_body_parts.py" />
            <source>{path}: annotation {id}</source>
            <translation>{path}: Annotation {id}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/whole_body_parts.py" />
            <source>{where}: {field} is not 3 numbers for each of its {count}.</source>
            <translation>{where}: {field} hat nicht 3 Zahlen für jeden seiner {count}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/whole_body_parts.py" />
            <source>{where}: {field} has the visibility {v:g}; it must be between 0 and 2.</source>
            <translation>{where}: {field} hat die Sichtbarkeit {v:g}; sie muss zwischen 0 und 2 liegen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yaml_reading.py" />
            <source>{path} is too large to be a description of a data set.</source>
            <translation>{path} ist zu groß, um die Beschreibung eines Datensatzes zu sein.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yaml_reading.py" />
            <source>{path} is not valid YAML: {reason}.</source>
            <translation>{path} ist kein gültiges YAML: {reason}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>{path} holds no entries such as kpt_shape and names.</source>
            <translation>{path} enthält keine Einträge wie kpt_shape und names.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>{path}: kpt_shape is {shape}, not a number of keypoints and 2 or 3.</source>
            <translation>{path}: kpt_shape ist {shape}, nicht eine Zahl von Keypoints und 2 oder 3.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>Write for example kpt_shape: [17, 3].</source>
            <translation>Richtig wäre zum Beispiel kpt_shape: [17, 3].</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>{path}: names is no list of classes.</source>
            <translation>{path}: names ist keine Liste von Klassen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>Write names: {{0: person}}.</source>
            <translation>Richtig wäre names: {{0: person}}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>{path} has several classes ({classes}), and none called person.</source>
            <translation>{path} hat mehrere Klassen ({classes}), und keine heißt person.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>{path}: kpt_names does not name {count} keypoints of class {index}.</source>
            <translation>{path}: kpt_names nennt nicht {count} Keypoints der Klasse {index}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>{path} has {count} keypoints, but {given} has {other}.</source>
            <translation>{path} hat {count} Keypoints, aber {given} hat {other}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>Name another skeleton, or none.</source>
            <translation>Bitte ein anderes Skelett angeben oder keines.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>{path}: flip_idx does not exchange the {count} keypoints in pairs.</source>
            <translation>{path}: flip_idx vertauscht die {count} Keypoints nicht paarweise.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>It names for each keypoint the one that it becomes in a mirror.</source>
            <translation>Es nennt für jeden Keypoint den, der er im Spiegel wird.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>{path}: {split} is no path to images.</source>
            <translation>{path}: {split} ist kein Pfad zu Bildern.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>{path} names {entry}, which is not in {root}.</source>
            <translation>{path} nennt {entry}, das nicht in {root} liegt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>Say with --images which folder the data set is in.</source>
            <translation>Bitte mit --images angeben, in welchem Ordner der Datensatz liegt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>{listing}, line {number}: {file} lies outside {root}.</source>
            <translation>{listing}, Zeile {number}: {file} liegt außerhalb von {root}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>Say with --images which folder all images are in.</source>
            <translation>Bitte mit --images angeben, in welchem Ordner alle Bilder liegen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_layout.py" />
            <source>{listing}, line {number}: there is no image {file}.</source>
            <translation>{listing}, Zeile {number}: es gibt kein Bild {file}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>{path} has no kpt_shape, so it describes no YOLO pose data set.</source>
            <translation>{path} hat kein kpt_shape, beschreibt also keinen YOLO-Pose-Datensatz.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>Name its data.yaml, or the folder that it is in.</source>
            <translation>Bitte seine data.yaml angeben oder den Ordner, in dem sie liegt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>{other} and {file} share the label file {label}.</source>
            <translation>{other} und {file} teilen sich die Labeldatei {label}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>{label} has no image of its name.</source>
            <translation>Zu {label} gibt es kein Bild dieses Namens.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>Add the image, or remove the label file.</source>
            <translation>Bitte das Bild hinzufügen oder die Labeldatei entfernen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>{path}: {file} lies outside {root}.</source>
            <translation>{path}: {file} liegt außerhalb von {root}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>{label}: class {class_index} of row {number_of_row} is none of {path}.</source>
            <translation>{label}: Klasse {class_index} in Zeile {number_of_row} ist keine von {path}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>{label} is not text ({reason}).</source>
            <translation>{label} ist kein Text ({reason}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>{file}, line {number}</source>
            <translation>{file}, Zeile {number}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>{where}: {error}.</source>
            <translation>{where}: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>{where}: {found} numbers, not a class, a box and {dims} for each of the {count} keypoints.</source>
            <translation>{where}: {found} Zahlen, nicht eine Klasse, eine Box und {dims} für jeden der {count} Keypoints.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>{where}: the class {other} is no whole number.</source>
            <translation>{where}: die Klasse {other} ist keine ganze Zahl.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>{where}: the visibility {v:g} is none of 0, 1 and 2.</source>
            <translation>{where}: die Sichtbarkeit {v:g} ist weder 0 noch 1 noch 2.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>{where}: {place:g} is no share of the image; all places lie in 0 to 1.</source>
            <translation>{where}: {place:g} ist kein Anteil des Bildes; alle Orte liegen in 0 bis 1.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>Divide x by the image's width and y by its height.</source>
            <translation>Bitte x durch die Breite und y durch die Höhe des Bildes teilen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_pose.py" />
            <source>{where}: the box has a negative size.</source>
            <translation>{where}: die Box hat eine negative Größe.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_write.py" />
            <source>that a joint was predicted</source>
            <translation>dass ein Gelenk vorhergesagt ist</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_write.py" />
            <source>{title}: image {file_name!r}: {flaw}.</source>
            <translation>{title}: Bild {file_name!r}: {flaw}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_write.py" />
            <source>{other} and {file_name} would share the label file {label}.</source>
            <translation>{other} und {file_name} würden sich die Labeldatei {label} teilen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_write.py" />
            <source>Rename one of them.</source>
            <translation>Bitte eines davon umbenennen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_write.py" />
            <source>how far the work on an image has come</source>
            <translation>wie weit die Arbeit an einem Bild ist</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_write.py" />
            <source>people outside their image</source>
            <translation>Personen außerhalb des Bildes</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_write.py" />
            <source>joints less than a pixel outside the image; they are at its edge</source>
            <translation>Gelenke weniger als ein Pixel außerhalb des Bildes; sie liegen nun an seinem Rand</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_write.py" />
            <source>joints outside the image; they are not labelled there</source>
            <translation>Gelenke außerhalb des Bildes; sie gelten dort als nicht annotiert</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_write.py" />
            <source>boxes that reach out of the image; they are cut off</source>
            <translation>Boxen, die aus dem Bild ragen; sie sind abgeschnitten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_write.py" />
            <source>Images are not in it, because nobody said where they are (--images).</source>
            <translation>Bilder sind nicht dabei, weil nicht bekannt ist, wo sie liegen (--images).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/formats/yolo_write.py" />
            <source>{count:,} images are not in it, because they are not in {folder}.</source>
            <translation>{count:,} Bilder sind nicht dabei, weil sie nicht in {folder} liegen.</translation>
        </message>
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
            <source>YAML</source>
            <translation>YAML</translation>
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
            <source>reports of pre-labelling</source>
            <translation>Berichte über vorhergesagte Posen</translation>
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
            <source>&amp;Nudge</source>
            <translation>S&amp;chrittweise schieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Open &amp;Folder…</source>
            <translation>&amp;Ordner öffnen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Open folder</source>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Open &amp;Image…</source>
            <translation>B&amp;ild öffnen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Open &amp;COCO JSON…</source>
            <translation>&amp;COCO-JSON öffnen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Open &amp;Project…</source>
            <translation>&amp;Projekt öffnen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Try the demo</source>
            <translation>&amp;Demo ausprobieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>I&amp;mport annotations…</source>
            <translation>Annotationen i&amp;mportieren…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Export COCO JSON…</source>
            <translation>COCO-JSON &amp;exportieren…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Export &amp;as…</source>
            <translation>Exportieren &amp;als…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>S&amp;keleton…</source>
            <translation>S&amp;kelett…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Teach the &amp;network…</source>
            <translation>&amp;Netz anlernen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Cl&amp;ose project</source>
            <translation>Projekt sch&amp;ließen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Quit</source>
            <translation>&amp;Beenden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Edit</source>
            <translation>Bearbeiten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Redo</source>
            <translation>&amp;Wiederholen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Copy pose</source>
            <translation>Pose &amp;kopieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Paste pose</source>
            <translation>Pose ein&amp;fügen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Copy pose to the &amp;next image</source>
            <translation>Pose ins &amp;nächste Bild kopieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Leave tool or selection</source>
            <translation>Werkzeug oder Auswahl verlassen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Settings…</source>
            <translation>&amp;Einstellungen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;New person: draw a box</source>
            <translation>&amp;Neue Person: Rahmen zeichnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Person</source>
            <translation>Person</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>New person</source>
            <translation>Neue Person</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>New person: &amp;joint by joint</source>
            <translation>Neue Person: &amp;Gelenk für Gelenk</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>New crowd &amp;region</source>
            <translation>Neue &amp;Menge</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Accept a suggestion</source>
            <translation>&amp;Vorschlag annehmen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Next person</source>
            <translation>Nächste Person</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Previous person</source>
            <translation>Vorige Person</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Place &amp;missing joints</source>
            <translation>&amp;Fehlende Gelenke setzen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Draw the &amp;box anew</source>
            <translation>&amp;Rahmen neu zeichnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Fit box to joints</source>
            <translation>Rahmen an Gelenke an&amp;passen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Take the next &amp;handle, for nudge keys to move</source>
            <translation>Nächsten Gr&amp;iff nehmen, den Schieben bewegt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Take the handle before</source>
            <translation>Vorigen Griff nehmen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Swap left and right</source>
            <translation>Links und rechts tauschen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Delete person</source>
            <translation>Person &amp;löschen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Delete predicted people that nobody touched</source>
            <translation>Vorhergesagte, unberührte Personen löschen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Visible, occluded, not labelled</source>
            <translation>Sichtbar, verdeckt, nicht annotiert</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Joint</source>
            <translation>Gelenk</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Place with the next click</source>
            <translation>Mit dem nächsten Klick &amp;setzen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Unpin: give back to the network</source>
            <translation>&amp;Lösen: dem Netz zurückgeben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Swap this limb</source>
            <translation>Diese Gliedmaße &amp;tauschen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Refine again</source>
            <translation>&amp;Noch einmal verfeinern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Other joints follow</source>
            <translation>Andere Gelenke folgen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Others follow</source>
            <translation>Andere folgen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Nudge left by 1 pixel</source>
            <translation>1 Pixel nach links schieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Nudge right by 1 pixel</source>
            <translation>1 Pixel nach rechts schieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Nudge up by 1 pixel</source>
            <translation>1 Pixel nach oben schieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Nudge down by 1 pixel</source>
            <translation>1 Pixel nach unten schieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Nudge left by 10 pixels</source>
            <translation>10 Pixel nach links schieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Nudge right by 10 pixels</source>
            <translation>10 Pixel nach rechts schieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Nudge up by 10 pixels</source>
            <translation>10 Pixel nach oben schieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Nudge down by 10 pixels</source>
            <translation>10 Pixel nach unten schieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Find a joint in the list</source>
            <translation>&amp;Gelenk in der Liste suchen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Previous image</source>
            <translation>&amp;Voriges Bild</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Previous</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Next image</source>
            <translation>&amp;Nächstes Bild</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Find ima&amp;ges by name</source>
            <translation>Bilder nach N&amp;amen suchen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;List again what the filter wants</source>
            <translation>Filter erneut an&amp;wenden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Fit picture</source>
            <translation>Bild &amp;einpassen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Fit</source>
            <translation>Einpassen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Zoom in</source>
            <translation>Vergrößern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Zoom out</source>
            <translation>Verkleinern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Zoom to the person</source>
            <translation>Auf die &amp;Person zoomen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Keep zoom for the next image</source>
            <translation>&amp;Zoom fürs nächste Bild behalten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Isolate the person</source>
            <translation>Person &amp;isolieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Show &amp;suggestions</source>
            <translation>V&amp;orschläge zeigen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Names of all &amp;joints</source>
            <translation>Namen aller &amp;Gelenke</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Magnifier while dragging</source>
            <translation>&amp;Lupe beim Ziehen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Image l&amp;ook: brightness, contrast, gamma…</source>
            <translation>&amp;Bildanzeige: Helligkeit, Kontrast, Gamma…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Brighter image</source>
            <translation>Bild heller</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Darker image</source>
            <translation>Bild dunkler</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Go to the next list or field</source>
            <translation>Zur nächsten Liste oder zum nächsten Feld</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Go to the list or field before</source>
            <translation>Zur vorigen Liste oder zum vorigen Feld</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>N&amp;umbers…</source>
            <translation>&amp;Statistik…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Accept and next image</source>
            <translation>&amp;Annehmen und nächstes Bild</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Review</source>
            <translation>P&amp;rüfen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Accept</source>
            <translation>Annehmen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Send back with a note…</source>
            <translation>Mit Notiz &amp;zurückweisen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Review mode</source>
            <translation>&amp;Prüfmodus</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Review &amp;grid: one joint of all people…</source>
            <translation>Prüf&amp;raster: ein Gelenk aller Personen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Same &amp;joint through all</source>
            <translation>Dasselbe &amp;Gelenk bei allen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;Keys and gestures</source>
            <translation>&amp;Tasten und Gesten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Show the &amp;tour</source>
            <translation>&amp;Rundgang zeigen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Copy &amp;diagnostics</source>
            <translation>&amp;Diagnose kopieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>&amp;About ClickPose</source>
            <translation>&amp;Über ClickPose</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Drag a joint</source>
            <translation>Gelenk ziehen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Correct it: it is pinned, and the others follow</source>
            <translation>Korrigieren: Es wird fixiert, und die anderen folgen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Ctrl while dropping</source>
            <translation>Strg beim Loslassen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Correct it alone: the others stay</source>
            <translation>Allein korrigieren: Die anderen bleiben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Shift+click</source>
            <translation>Umschalt+Klick</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Put the selected joint there</source>
            <translation>Das gewählte Gelenk dorthin setzen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Alt+drag in a person</source>
            <translation>Alt+Ziehen in einer Person</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Move the whole pose; so does the handle above the box</source>
            <translation>Die ganze Pose verschieben; ebenso der Griff über dem Rahmen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Handles above the box</source>
            <translation>Griffe über dem Rahmen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Turn, move and scale the whole pose</source>
            <translation>Die ganze Pose drehen, verschieben und skalieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Handles on the box</source>
            <translation>Griffe am Rahmen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Resize the box; the joints stay</source>
            <translation>Größe des Rahmens ändern; die Gelenke bleiben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Alt+drag a box corner</source>
            <translation>Alt+Ziehen an einer Rahmenecke</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Scale the pose; the corner opposite stays</source>
            <translation>Die Pose skalieren; die Ecke gegenüber bleibt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Alt+drag a box edge</source>
            <translation>Alt+Ziehen an einer Rahmenkante</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Move the box alone</source>
            <translation>Nur den Rahmen verschieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Shift while turning</source>
            <translation>Umschalt beim Drehen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>In steps of 15°</source>
            <translation>In Schritten von 15°</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Right click on a joint</source>
            <translation>Rechtsklick auf ein Gelenk</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Wheel</source>
            <translation>Mausrad</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Zoom at the cursor</source>
            <translation>Am Mauszeiger vergrößern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Middle button, or hold Space and drag</source>
            <translation>Mittlere Taste, oder mit Leertaste ziehen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Move the picture</source>
            <translation>Das Bild verschieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Hold H</source>
            <translation>H halten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Hide all poses to see the picture</source>
            <translation>Alle Posen ausblenden, um das Bild zu sehen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Click on faint dashes</source>
            <translation>Klick auf zarte Striche</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Accept the suggested person</source>
            <translation>Die vorgeschlagene Person annehmen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Select a person</source>
            <translation>Eine Person auswählen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Double click in the joint list</source>
            <translation>Doppelklick in der Gelenkliste</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Place that joint with the next click</source>
            <translation>Dieses Gelenk mit dem nächsten Klick setzen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Blue, solid lines</source>
            <translation>Blau, durchgezogene Linien</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>The person's left</source>
            <translation>Links an der Person</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Orange, dashed lines</source>
            <translation>Orange, gestrichelte Linien</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>The person's right</source>
            <translation>Rechts an der Person</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>White</source>
            <translation>Weiß</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>The person's middle</source>
            <translation>Mitte der Person</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Round</source>
            <translation>Rund</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Placed by the network; it may still move</source>
            <translation>Vom Netz gesetzt; es kann sich noch bewegen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Small, in a soft halo</source>
            <translation>Klein, mit weichem Hof</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>The network is not sure; its lines are thinner</source>
            <translation>Das Netz ist unsicher; die Linien sind dünner</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Square with a white edge</source>
            <translation>Quadrat mit weißem Rand</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Placed by hand: the network never moves it</source>
            <translation>Von Hand gesetzt: Das Netz bewegt es nie</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Stripes</source>
            <translation>Streifen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>A region to ignore (COCO iscrowd)</source>
            <translation>Bereich, der ignoriert wird (COCO iscrowd)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Hollow</source>
            <translation>Hohl</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Occluded (COCO v=1)</source>
            <translation>Verdeckt (COCO v=1)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Faint dashes that stay</source>
            <translation>Zarte Striche, die bleiben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>A suggestion: not stored until it is accepted</source>
            <translation>Ein Vorschlag: erst gespeichert, wenn er angenommen ist</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>Pale dashes</source>
            <translation>Blasse Striche</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>The pose before it followed, fading away</source>
            <translation>Die Pose, bevor sie gefolgt ist; sie verblasst</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>With the mouse</source>
            <translation>Mit der Maus</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/actions.py" />
            <source>What the marks mean</source>
            <translation>Was die Zeichen bedeuten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/browser.py" />
            <source>{name} is {now} pixels now; it was {then} when it was annotated.</source>
            <translation>{name} hat jetzt {now} Pixel; beim Annotieren waren es {then}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/browser.py" />
            <source>Check its joints, or bring the old file back.</source>
            <translation>Bitte die Gelenke prüfen oder die alte Datei zurückholen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/canvas.py" />
            <source>Picture with poses</source>
            <translation>Bild mit Posen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/chosen.py" />
            <source>Other joints follow each correction.</source>
            <translation>Andere Gelenke folgen jeder Korrektur.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/chosen.py" />
            <source>Other joints stay where they are.</source>
            <translation>Andere Gelenke bleiben, wo sie sind.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/clipboard.py" />
            <source>Pose copied. Ctrl+V pastes it at the cursor.</source>
            <translation>Pose kopiert. Strg+V fügt sie am Mauszeiger ein.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/clipboard.py" />
            <source>Open an image first.</source>
            <translation>Zuerst ein Bild öffnen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/clipboard.py" />
            <source>The copied pose is damaged or fits no joint of this project's skeleton.</source>
            <translation>Die kopierte Pose ist beschädigt oder passt zu keinem Gelenk im Skelett dieses Projekts.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/clipboard.py" />
            <source>There is no pose to paste: copy one with Ctrl+C.</source>
            <translation>Keine Pose zum Einfügen: erst eine mit Strg+C kopieren.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/clipboard.py" />
            <source>Paste pose</source>
            <translation>Pose einfügen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/clipboard.py" />
            <source>This is the last image.</source>
            <translation>Dies ist das letzte Bild.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/clipboard.py" />
            <source>Somebody has touched every person on this image.</source>
            <translation>Auf diesem Bild ist keine Person unberührt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/clipboard.py" />
            <source>Delete untouched people</source>
            <translation>Unberührte Personen löschen</translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/clipboard.py" />
            <source>%n person(s) deleted.</source>
            <translation>
                <numerusform>%n Person gelöscht.</numerusform>
                <numerusform>%n Personen gelöscht.</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/clipboard.py" />
            <source>Copy pose from the image before</source>
            <translation>Pose vom vorigen Bild übernehmen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/clipboard.py" />
            <source>The pose comes as soon as the network has found the people here.</source>
            <translation>Die Pose kommt, sobald das Netz die Personen hier gefunden hat.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/cursor_label.py" />
            <source>{joint} · placed</source>
            <translation>{joint} · gesetzt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/curves.py" />
            <source>Share of the run, in %</source>
            <translation>Anteil des Laufs, in %</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/drag.py" />
            <source>{width:.0f} x {height:.0f}</source>
            <translation>{width:.0f} × {height:.0f}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exchange.py" />
            <source>Import annotations: choose a file, or any file in their folder</source>
            <translation>Annotationen importieren: eine Datei wählen, oder irgendeine Datei in ihrem Ordner</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exchange.py" />
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exchange.py" />
            <source>Annotations ({kinds})</source>
            <translation>Annotationen ({kinds})</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exchange.py" />
            <source>importing {name}…</source>
            <translation>{name} wird importiert…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exchange.py" />
            <source>{name} was there already, so it was opened as you left it.</source>
            <translation>{name} war schon vorhanden und wurde so geöffnet, wie es zuletzt war.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exchange.py" />
            <source>Read {people:,} people on {images:,} images from {name} ({title}).</source>
            <translation>{people:,} Personen auf {images:,} Bildern aus {name} gelesen ({title}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exchange.py" />
            <source>Where are the images of {name}?</source>
            <translation>Wo liegen die Bilder von {name}?</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exchange.py" />
            <source>Which COCO file lists the images of {name}?</source>
            <translation>Welche COCO-Datei nennt die Bilder von {name}?</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exchange.py" />
            <source>COCO JSON (*.json)</source>
            <translation>COCO-JSON (*.json)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exchange.py" />
            <source>Nothing is open that could be exported.</source>
            <translation>Es ist nichts geöffnet, das exportiert werden könnte.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exchange.py" />
            <source>Export as {title}</source>
            <translation>Als {title} exportieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exported.py" />
            <source>Not all of it: {sentences}</source>
            <translation>Nicht alles davon: {sentences}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exported.py" />
            <source>So are {count:,} others.</source>
            <translation>Ebenso {count:,} weitere.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exported.py" />
            <source>Left out of {name}: {reason}</source>
            <translation>In {name} ausgelassen: {reason}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exported.py" />
            <source>Other programs may stumble over it: {lines}</source>
            <translation>Andere Programme können darüber stolpern: {lines}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/exported.py" />
            <source>(and {count:,} more)</source>
            <translation>(und {count:,} weitere)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/failure_words.py" />
            <source>While {doing}, the memory was not enough.</source>
            <translation>Beim Vorgang „{doing}“ hat der Speicher nicht gereicht.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/failure_words.py" />
            <source>Your annotations are safe. Close other programs, or choose the processor (CPU) in the settings, and try again.</source>
            <translation>Die Annotationen sind sicher. Bitte andere Programme schließen oder in den Einstellungen den Prozessor (CPU) wählen und es noch einmal versuchen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/failure_words.py" />
            <source>While {doing}, something unexpected went wrong: {kind}: {error}</source>
            <translation>Beim Vorgang „{doing}“ ist etwas Unerwartetes schiefgegangen: {kind}: {error}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/failure_words.py" />
            <source>Your annotations are safe; you can go on.</source>
            <translation>Die Annotationen sind gesichert; die Arbeit kann weitergehen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/figures.py" />
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/figures.py" />
            <source>{minutes} min {seconds:02d} s</source>
            <translation>{minutes} min {seconds:02d} s</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/figures.py" />
            <source>{hours} h {minutes:02d} min</source>
            <translation>{hours} h {minutes:02d} min</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/figures.py" />
            <source>{count}   ({percent} %)</source>
            <translation>{count}   ({percent} %)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>opening {name}…</source>
            <translation>Öffnen von {name}…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>Open a folder of images</source>
            <translation>Einen Ordner mit Bildern öffnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>Open an image</source>
            <translation>Ein Bild öffnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>Images (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp)</source>
            <translation>Bilder (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>Open COCO keypoints</source>
            <translation>COCO-Keypoints öffnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>Open a project</source>
            <translation>Projekt öffnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>ClickPose projects (*{suffix})</source>
            <translation>ClickPose-Projekte (*{suffix})</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>Export COCO keypoints</source>
            <translation>COCO-Keypoints exportieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>exporting {name}…</source>
            <translation>Exportieren nach {name}…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>Exported {people:,} people on {images:,} images to {path}.</source>
            <translation>{people:,} Personen auf {images:,} Bildern nach {path} exportiert.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>looking for new images in {name}…</source>
            <translation>Suchen nach neuen Bildern in {name}…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>The project is in use</source>
            <translation>Das Projekt ist in Gebrauch</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>{name} is already open: {owner}.</source>
            <translation>{name} ist schon geöffnet: {owner}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>Close it there, or open it here to look at it only.</source>
            <translation>Bitte dort schließen, oder hier nur zum Ansehen öffnen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>Open read-only</source>
            <translation>Schreibgeschützt öffnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/files.py" />
            <source>While {doing}: {kind}: {error}</source>
            <translation>Beim Vorgang „{doing}“: {kind}: {error}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/format_dialog.py" />
            <source>Export as</source>
            <translation>Exportieren als</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/format_dialog.py" />
            <source>Formats</source>
            <translation>Formate</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/format_dialog.py" />
            <source>&amp;Choose where…</source>
            <translation>&amp;Ziel wählen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/format_dialog.py" />
            <source>One file, {suffix}.</source>
            <translation>Eine Datei, {suffix}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/format_dialog.py" />
            <source>A folder, with copies of the images where the format wants them.</source>
            <translation>Ein Ordner, mit Kopien der Bilder, wo das Format sie braucht.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/gestures.py" />
            <source>There are no joints to fit the box to.</source>
            <translation>Es gibt keine Gelenke, an die der Rahmen passen könnte.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/gestures.py" />
            <source>Fit box to joints</source>
            <translation>Rahmen an Gelenke anpassen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/gestures.py" />
            <source>The {joint} has no other side to swap with.</source>
            <translation>„{joint}“ hat keine andere Seite zum Tauschen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/gestures.py" />
            <source>Swap limb</source>
            <translation>Gliedmaße tauschen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/gestures.py" />
            <source>Swapped with the other side: {joints}.</source>
            <translation>Mit der anderen Seite getauscht: {joints}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/gestures.py" />
            <source>Add crowd region</source>
            <translation>Menge hinzufügen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/gestures.py" />
            <source>Turn pose</source>
            <translation>Pose drehen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/gestures.py" />
            <source>Move pose</source>
            <translation>Pose verschieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/gestures.py" />
            <source>Scale pose</source>
            <translation>Pose skalieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/grid_cells.py" />
            <source>gone</source>
            <translation>entfernt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/grid_cells.py" />
            <source>placed</source>
            <translation>gesetzt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/grid_cells.py" />
            <source>unreadable</source>
            <translation>unlesbar</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/grip.py" />
            <source>Change box</source>
            <translation>Rahmen ändern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/grip.py" />
            <source>Nudge keys move the whole pose now.</source>
            <translation>Schieben bewegt jetzt die ganze Pose.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/grip.py" />
            <source>Nudge keys turn the pose now: right or left, by 1° or 10°.</source>
            <translation>Schieben dreht jetzt die Pose: nach rechts oder links, um 1° oder 10°.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/grip.py" />
            <source>Nudge keys scale the pose now: up or down, by 1 % or 10 %.</source>
            <translation>Schieben ändert jetzt die Größe der Pose: nach oben oder unten, um 1 % oder 10 %.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/grip.py" />
            <source>Nudge keys move the box alone now; the joints stay.</source>
            <translation>Schieben bewegt jetzt den Rahmen allein; die Gelenke bleiben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/grip.py" />
            <source>Nudge keys move the left edge of the box now.</source>
            <translation>Schieben bewegt jetzt die linke Kante des Rahmens.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/grip.py" />
            <source>Nudge keys move the top edge of the box now.</source>
            <translation>Schieben bewegt jetzt die obere Kante des Rahmens.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/grip.py" />
            <source>Nudge keys move the right edge of the box now.</source>
            <translation>Schieben bewegt jetzt die rechte Kante des Rahmens.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/grip.py" />
            <source>Nudge keys move the bottom edge of the box now.</source>
            <translation>Schieben bewegt jetzt die untere Kante des Rahmens.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/grip.py" />
            <source>Nudge keys move the selected joint again.</source>
            <translation>Schieben bewegt wieder das gewählte Gelenk.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/handles.py" />
            <source>Drag: resize the box · with Alt: scale the pose</source>
            <translation>Ziehen: Größe des Rahmens ändern · mit Alt: Pose skalieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/handles.py" />
            <source>Drag: resize the box · with Alt: move the box alone</source>
            <translation>Ziehen: Größe des Rahmens ändern · mit Alt: nur den Rahmen verschieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/handles.py" />
            <source>Drag: move the whole pose</source>
            <translation>Ziehen: ganze Pose verschieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/handles.py" />
            <source>Drag: turn the pose · with Shift: in steps of 15°</source>
            <translation>Ziehen: Pose drehen · mit Umschalt: in Schritten von 15°</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/handles.py" />
            <source>Drag: scale the pose</source>
            <translation>Ziehen: Pose skalieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/hover.py" />
            <source>Draw a box around the new person</source>
            <translation>Einen Rahmen um die neue Person zeichnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/hover.py" />
            <source>Draw the person's box anew</source>
            <translation>Den Rahmen der Person neu zeichnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/hover.py" />
            <source>Draw a box around the region to ignore</source>
            <translation>Einen Rahmen um den Bereich zeichnen, der ignoriert wird</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/hover.py" />
            <source>Click: {joint}</source>
            <translation>Klicken: {joint}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_list.py" />
            <source>All images</source>
            <translation>Alle Bilder</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_list.py" />
            <source>To review</source>
            <translation>Zu prüfen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_list.py" />
            <source>Least certain quarter</source>
            <translation>Unsicherstes Viertel</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_list.py" />
            <source>With a note</source>
            <translation>Mit Notiz</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_list.py" />
            <source>New</source>
            <translation>Neu</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_list.py" />
            <source>Predicted</source>
            <translation>Vorhergesagt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_list.py" />
            <source>Edited</source>
            <translation>Bearbeitet</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_list.py" />
            <source>Reviewed</source>
            <translation>Geprüft</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_list.py" />
            <source>Rejected</source>
            <translation>Zurückgewiesen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_list.py" />
            <source>As they came</source>
            <translation>Wie vorgefunden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_list.py" />
            <source>By name</source>
            <translation>Nach Namen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_list.py" />
            <source>Least certain first</source>
            <translation>Unsicherste zuerst</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_panel.py" />
            <source>Images</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_panel.py" />
            <source>Search names</source>
            <translation>Namen suchen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_panel.py" />
            <source>Search images by name</source>
            <translation>Bilder nach Namen suchen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_panel.py" />
            <source>Which images are listed</source>
            <translation>Welche Bilder aufgelistet sind</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_panel.py" />
            <source>Order of the images</source>
            <translation>Reihenfolge der Bilder</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_panel.py" />
            <source>No image matches.</source>
            <translation>Kein Bild passt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_panel.py" />
            <source>{place:,} of {listed:,}</source>
            <translation>{place:,} von {listed:,}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_panel.py" />
            <source>{listed} (all: {count:,})</source>
            <translation>{listed} (alle: {count:,})</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_panel.py" />
            <source>Images   {where} · {edited:,} edited</source>
            <translation>Bilder   {where} · {edited:,} bearbeitet</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_rows.py" />
            <source>{state}: {note}</source>
            <translation>{state}: {note}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/image_rows.py" />
            <source>{state} · {need:.0%} unsure</source>
            <translation>{state} · {need:.0%} unsicher</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/inference.py" />
            <source>searching for small people…</source>
            <translation>Kleine Personen suchen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/inference.py" />
            <source>loading network…</source>
            <translation>Netz laden…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/inference.py" />
            <source>encoding and finding people…</source>
            <translation>Kodieren und Personen finden…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/inference.py" />
            <source>encoding the next image…</source>
            <translation>Nächstes Bild kodieren…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/inference.py" />
            <source>finding people on the other images…</source>
            <translation>Personen auf den übrigen Bildern werden gesucht…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/inference.py" />
            <source>refining…</source>
            <translation>Verfeinern…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/inference.py" />
            <source>finding the pose…</source>
            <translation>Pose finden…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/inference.py" />
            <source>looking closer…</source>
            <translation>Genauer hinsehen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/inference.py" />
            <source>The network is not available.</source>
            <translation>Das Netz ist nicht verfügbar.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/joint_filter.py" />
            <source>Find a joint</source>
            <translation>Gelenk suchen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/joint_scan.py" />
            <source>reading the people of {name}…</source>
            <translation>Lesen der Personen von {name}…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/joint_steps.py" />
            <source>Place {joint}</source>
            <translation>„{joint}“ setzen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/joint_steps.py" />
            <source>Leave out {joint}</source>
            <translation>„{joint}“ auslassen</translation>
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
            <source>{key} already means “{action}”.</source>
            <translation>{key} bedeutet schon „{action}“.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/keymap.py" />
            <source>{key} has a meaning of its own: {meaning}. Choose another key.</source>
            <translation>{key} hat schon eine eigene Bedeutung: {meaning}. Bitte eine andere Taste wählen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/look_panel.py" />
            <source>Brightness</source>
            <translation>Helligkeit</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/look_panel.py" />
            <source>Contrast</source>
            <translation>Kontrast</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/look_panel.py" />
            <source>Gamma</source>
            <translation>Gamma</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/look_panel.py" />
            <source>Image look</source>
            <translation>Bildanzeige</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/look_panel.py" />
            <source>Only what you see: the network gets the image as it is.</source>
            <translation>Nur die Anzeige: Das Netz bekommt das Bild, wie es ist.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/look_panel.py" />
            <source>&amp;Reset</source>
            <translation>&amp;Zurücksetzen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/main_window.py" />
            <source>All edits are stored again.</source>
            <translation>Alle Änderungen sind wieder gespeichert.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/main_window.py" />
            <source>loading the network</source>
            <translation>Netz laden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/marks.py" />
            <source>new</source>
            <translation>neu</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/marks.py" />
            <source>predicted</source>
            <translation>vorhergesagt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/marks.py" />
            <source>edited</source>
            <translation>bearbeitet</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/marks.py" />
            <source>reviewed</source>
            <translation>geprüft</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/marks.py" />
            <source>rejected</source>
            <translation>zurückgewiesen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/marks.py" />
            <source>visible</source>
            <translation>sichtbar</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/marks.py" />
            <source>occluded</source>
            <translation>verdeckt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/marks.py" />
            <source>not labelled</source>
            <translation>nicht annotiert</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/menus.py" />
            <source>Tools</source>
            <translation>Werkzeuge</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/message_bar.py" />
            <source>Dismiss</source>
            <translation>Ausblenden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/models.py" />
            <source>Score</source>
            <translation>Score</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/models.py" />
            <source>By hand</source>
            <translation>Von Hand</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/models.py" />
            <source>(crowd)</source>
            <translation>(Menge)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/models.py" />
            <source>{placed} of {labelled}</source>
            <translation>{placed} von {labelled}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/models.py" />
            <source>Visibility</source>
            <translation>Sichtbarkeit</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/models.py" />
            <source>Confidence</source>
            <translation>Sicherheit</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/models.py" />
            <source>left out</source>
            <translation>ausgelassen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/models.py" />
            <source>Click to change: visible, occluded, not labelled</source>
            <translation>Klicken zum Ändern: sichtbar, verdeckt, nicht annotiert</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/network_dialogue.py" />
            <source>No network for this project: joints are placed by hand.</source>
            <translation>Kein Netz für dieses Projekt: Gelenke werden von Hand gesetzt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/network_dialogue.py" />
            <source>The network knows none of the joints of this project's skeleton.</source>
            <translation>Das Netz kennt keines der Gelenke im Skelett dieses Projekts.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/network_dialogue.py" />
            <source>All of them are placed by hand; predictions are off for this project.</source>
            <translation>Alle werden von Hand gesetzt; Vorhersagen sind für dieses Projekt aus.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/network_dialogue.py" />
            <source>Nobody found. Press N and draw a box to add a person.</source>
            <translation>Niemand gefunden. N drücken und einen Rahmen zeichnen, um eine Person hinzuzufügen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/network_dialogue.py" />
            <source>1 person found.</source>
            <translation>1 Person gefunden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/network_dialogue.py" />
            <source>{count} people found.</source>
            <translation>{count} Personen gefunden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/nudging.py" />
            <source>Nudge {joint}</source>
            <translation>„{joint}“ schieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Images finished</source>
            <translation>Fertige Bilder</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>People finished</source>
            <translation>Fertige Personen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Active time</source>
            <translation>Aktive Zeit</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Time per person, median</source>
            <translation>Zeit pro Person, Median</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Time per image, median</source>
            <translation>Zeit pro Bild, Median</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Clicks</source>
            <translation>Klicks</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Clicks per person</source>
            <translation>Klicks pro Person</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Clicks to place every joint by hand</source>
            <translation>Klicks, um jedes Gelenk von Hand zu setzen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Clicks saved</source>
            <translation>Gesparte Klicks</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Nothing is open that could have numbers: open a folder first.</source>
            <translation>Für eine Statistik muss etwas geöffnet sein: zuerst einen Ordner öffnen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Numbers of {project}</source>
            <translation>Statistik: {project}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Counting…</source>
            <translation>Wird gezählt…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>counting…</source>
            <translation>Zählen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Nothing has been done yet. Correct a joint, and clicks begin to count.</source>
            <translation>Noch ist nichts geschehen. Sobald ein Gelenk korrigiert wird, zählen die Klicks.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Export numbers</source>
            <translation>Statistik exportieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>CSV table (*.csv)</source>
            <translation>CSV-Tabelle (*.csv)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Exported {count} rows to {path}.</source>
            <translation>{count} Zeilen nach {path} exportiert.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>&amp;Export CSV…</source>
            <translation>CSV &amp;exportieren…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Finished are people on images that you accepted, and those whom you corrected. Pauses over 30 seconds do not count. Saved is one click for every labelled joint of theirs, less all clicks that you spent.</source>
            <translation>Fertig sind Personen auf angenommenen Bildern und solche, die korrigiert wurden. Pausen über 30 Sekunden zählen nicht. Gespart ist ein Klick für jedes ihrer annotierten Gelenke, abzüglich aller ausgeführten Klicks.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Overall</source>
            <translation>Insgesamt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>today</source>
            <translation>heute</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>overall</source>
            <translation>insgesamt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Images, {state}</source>
            <translation>Bilder, {state}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>by hour</source>
            <translation>pro Stunde</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>by day</source>
            <translation>pro Tag</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Images finished, {span}</source>
            <translation>Fertige Bilder {span}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Clicks per person, {span}</source>
            <translation>Klicks pro Person, {span}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/numbers.py" />
            <source>Clicks saved in %, {span}</source>
            <translation>Gesparte Klicks in % {span}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/opening.py" />
            <source>Check the name, or open a folder instead.</source>
            <translation>Den Namen prüfen oder stattdessen einen Ordner öffnen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/opening.py" />
            <source>{name} is neither an image, a COCO JSON file nor a ClickPose project.</source>
            <translation>{name} ist weder ein Bild noch eine COCO-JSON-Datei noch ein ClickPose-Projekt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/opening.py" />
            <source>Open a folder of images instead.</source>
            <translation>Stattdessen einen Ordner mit Bildern öffnen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/opening.py" />
            <source>{folder} holds no images that ClickPose can read.</source>
            <translation>{folder} enthält keine Bilder, die ClickPose lesen kann.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/opening.py" />
            <source>Choose a folder with JPEG, PNG, WebP, TIFF or BMP files.</source>
            <translation>Einen Ordner mit JPEG-, PNG-, WebP-, TIFF- oder BMP-Dateien wählen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/opening.py" />
            <source>The images of {name} lie neither beside it nor in a folder “images”.</source>
            <translation>Die Bilder von {name} liegen weder daneben noch in einem Ordner „images“.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/opening.py" />
            <source>Say where they are.</source>
            <translation>Bitte angeben, wo sie liegen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/own_network.py" />
            <source>{name} is not better on held-out images, so it waits in the list.</source>
            <translation>{name} ist auf zurückgehaltenen Bildern nicht besser und wartet daher in der Liste.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/own_network.py" />
            <source>{name} has taken over: untouched images are predicted anew.</source>
            <translation>{name} hat übernommen: Unberührte Bilder werden neu vorhergesagt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/own_network.py" />
            <source>The network of the settings is back.</source>
            <translation>Das Netz der Einstellungen ist wieder da.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/own_network.py" />
            <source>{name} cannot be loaded, so the network stays as it was.</source>
            <translation>{name} lässt sich nicht laden; das Netz bleibt daher, wie es war.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/own_network.py" />
            <source>Untouched images are predicted; the least certain come first.</source>
            <translation>Unberührte Bilder sind vorhergesagt; die unsichersten kommen zuerst.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/panels.py" />
            <source>People</source>
            <translation>Personen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/panels.py" />
            <source>Joints of the selected person</source>
            <translation>Gelenke der gewählten Person</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/panels.py" />
            <source>Joints</source>
            <translation>Gelenke</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/panels.py" />
            <source>People   {count}</source>
            <translation>Personen   {count}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/panels.py" />
            <source>Joints   person {number}</source>
            <translation>Gelenke   Person {number}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/patience.py" />
            <source>The network does not answer ({doing}).</source>
            <translation>Das Netz antwortet nicht ({doing}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/patience.py" />
            <source>Every edit is stored, and you can go on by hand; if it stays so, close ClickPose and open it again.</source>
            <translation>Jede Änderung ist gespeichert, und von Hand geht es weiter; bleibt es so, bitte ClickPose schließen und neu öffnen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/pixels.py" />
            <source>reading {name}…</source>
            <translation>Lesen von {name}…</translation>
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
            <location filename="../../clickpose_app/gui/placing.py" />
            <source>Click: {joint}, occluded · Q: visible · Esc: done</source>
            <translation>Klicken: {joint}, verdeckt · Q: sichtbar · Esc: fertig</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/placing.py" />
            <source>Click: {joint} · Right click: not visible · Esc: done</source>
            <translation>Klicken: {joint} · Rechtsklick: nicht sichtbar · Esc: fertig</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/placing.py" />
            <source>Every joint of this person was placed by hand already.</source>
            <translation>Alle Gelenke dieser Person sind schon von Hand gesetzt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/placing.py" />
            <source>S or right click: not visible · Q: occluded · Backspace: one back · Enter: done</source>
            <translation>S oder Rechtsklick: nicht sichtbar · Q: verdeckt · Rücktaste: eins zurück · Enter: fertig</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/placing.py" />
            <source>All joints are gone through. Drag one to correct it.</source>
            <translation>Alle Gelenke sind durch. Zum Korrigieren ein Gelenk ziehen.</translation>
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
            <location filename="../../clickpose_app/gui/resume.py" />
            <source>ClickPose was not closed in peace. Everything is here, as you left it.</source>
            <translation>ClickPose wurde nicht ordnungsgemäß beendet. Alles ist noch da, wie Sie es verlassen haben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review.py" />
            <source>That was the last image of the list.</source>
            <translation>Das war das letzte Bild der Liste.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review.py" />
            <source>Note: {note}</source>
            <translation>Notiz: {note}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review.py" />
            <source>Sent back without a note.</source>
            <translation>Ohne Notiz zurückgewiesen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review.py" />
            <source>Review: {left:,} to go.</source>
            <translation>Prüfung: noch {left:,}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review_bar.py" />
            <source>Note to whoever corrects this image</source>
            <translation>Notiz an die Person, die dieses Bild korrigiert</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review_bar.py" />
            <source>What is wrong? Enter sends the image back, Esc leaves it as it is.</source>
            <translation>Was stimmt nicht? Enter weist das Bild zurück, Esc lässt es, wie es ist.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review_bar.py" />
            <source>Accept (Space)</source>
            <translation>Annehmen (Leertaste)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review_bar.py" />
            <source>Send back… (Shift+Space)</source>
            <translation>Zurückweisen… (Umschalt+Leertaste)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review_grid.py" />
            <source>Cut-outs around the joint</source>
            <translation>Ausschnitte um das Gelenk</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review_grid.py" />
            <source>Review grid</source>
            <translation>Prüfraster</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review_grid.py" />
            <source>Order of the cut-outs</source>
            <translation>Reihenfolge der Ausschnitte</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review_grid.py" />
            <source>Most unusual first</source>
            <translation>Ungewöhnlichste zuerst</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review_grid.py" />
            <source>Click or Enter opens the image.</source>
            <translation>Klick oder Enter öffnet das Bild.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review_grid.py" />
            <source>Reading people…</source>
            <translation>Personen werden gelesen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review_grid.py" />
            <source>1 person</source>
            <translation>1 Person</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review_grid.py" />
            <source>{count:,} people</source>
            <translation>{count:,} Personen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/review_grid.py" />
            <source>Reading people… {count:,} images</source>
            <translation>Personen werden gelesen… {count:,} Bilder</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/same_joint.py" />
            <source>Zoom to the joint</source>
            <translation>Aufs Gelenk zoomen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/same_joint.py" />
            <source>Leave (Esc)</source>
            <translation>Beenden (Esc)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/same_joint.py" />
            <source>Select the joint first: click one, or choose it in the list of joints.</source>
            <translation>Zuerst das Gelenk auswählen: anklicken oder in der Gelenkliste wählen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/same_joint.py" />
            <source>That was the last person of the last image.</source>
            <translation>Das war die letzte Person auf dem letzten Bild.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/same_joint.py" />
            <source>Waiting for the people of this image… Enter skips it.</source>
            <translation>Warten auf die Personen dieses Bilds… Enter überspringt es.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/same_joint.py" />
            <source>Click the {joint}: person {person} of {people}, image {image:,} of {images:,}. Enter skips.</source>
            <translation>Klicken: {joint} · Person {person}/{people} · Bild {image:,}/{images:,} · Enter: überspringen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/searching.py" />
            <source>searching for small people: part {done} of {total}</source>
            <translation>Kleine Personen suchen: Teil {done} von {total}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/seeing.py" />
            <source>Select a person, and all others disappear.</source>
            <translation>Eine Person auswählen, und alle anderen verschwinden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/seeing.py" />
            <source>Image brightness {value}</source>
            <translation>Bildhelligkeit {value}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>Select a person first: click one, or press Tab.</source>
            <translation>Zuerst eine Person auswählen: anklicken oder Tab drücken.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>Select a joint first: click one, or choose it in the list.</source>
            <translation>Zuerst ein Gelenk auswählen: anklicken oder in der Liste wählen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>Move {joint}</source>
            <translation>„{joint}“ verschieben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>Visibility of {joint}</source>
            <translation>Sichtbarkeit: {joint}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>Unpin {joint}</source>
            <translation>„{joint}“ lösen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>Add person</source>
            <translation>Person hinzufügen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>Delete person</source>
            <translation>Person löschen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>Refine</source>
            <translation>Verfeinern</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>The project's skeleton is now {name}; undo starts afresh.</source>
            <translation>Das Skelett des Projekts ist jetzt {name}; Rückgängig beginnt von vorn.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>Wait until the people of this image are shown, then accept it.</source>
            <translation>Erst annehmen, wenn die Personen dieses Bilds zu sehen sind.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>Send back</source>
            <translation>Zurückweisen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>Undone: {step}</source>
            <translation>Rückgängig gemacht: {step}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>Redone: {step}</source>
            <translation>Wiederholt: {step}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>The project is open read-only: nothing can be changed.</source>
            <translation>Das Projekt ist schreibgeschützt geöffnet: Nichts kann geändert werden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>A crowd region has no joints.</source>
            <translation>Eine Menge hat keine Gelenke.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/session.py" />
            <source>The pose followed in {time:.0f} ms.</source>
            <translation>Die Pose ist in {time:.0f} ms gefolgt.</translation>
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
            <source>Search large pictures part by part</source>
            <translation>Große Bilder Stück für Stück durchsuchen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/settings_dialog.py" />
            <source>Finds people who are small in them, in the background, while nothing else is done.</source>
            <translation>Findet Personen, die darin klein sind, im Hintergrund, solange nichts anderes zu tun ist.</translation>
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
            <source>Small people</source>
            <translation>Kleine Personen</translation>
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
            <location filename="../../clickpose_app/gui/sheet.py" />
            <source>Keys and gestures</source>
            <translation>Tasten und Gesten</translation>
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
            <source>Diagnostics copied: paste them into your message to us.</source>
            <translation>Diagnose kopiert: bitte in die Nachricht an uns einfügen.</translation>
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
            <location filename="../../clickpose_app/gui/showing.py" />
            <source>(read-only)</source>
            <translation>(schreibgeschützt)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/showing.py" />
            <source>&amp;Undo {step}</source>
            <translation>&amp;Rückgängig: {step}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/showing.py" />
            <source>&amp;Redo {step}</source>
            <translation>&amp;Wiederholen: {step}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_choice.py" />
            <source>Open a folder of photographs first.</source>
            <translation>Zuerst einen Ordner mit Fotos öffnen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_choice.py" />
            <source>Change the skeleton</source>
            <translation>Skelett wechseln</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_choice.py" />
            <source>They are no longer shown or exported as keypoints. The project file keeps them: they come back when a joint of the same name is added again.</source>
            <translation>Sie werden nicht mehr angezeigt und nicht mehr als Keypoints exportiert. Die Projektdatei behält sie: Sie kommen zurück, wenn wieder ein Gelenk desselben Namens hinzukommt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_choice.py" />
            <source>Change skeleton</source>
            <translation>Skelett wechseln</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>COCO: 17 joints of the body</source>
            <translation>COCO: 17 Gelenke des Körpers</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>Leeds Sports Poses: 14 joints of the body</source>
            <translation>Leeds Sports Poses: 14 Gelenke des Körpers</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>CrowdPose: 14 joints of the body</source>
            <translation>CrowdPose: 14 Gelenke des Körpers</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>MPII: 16 joints of the body</source>
            <translation>MPII: 16 Gelenke des Körpers</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>Human-Art: 21 joints, with fingers and toes</source>
            <translation>Human-Art: 21 Gelenke, mit Fingern und Zehen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>Halpe: 26 joints, with head, neck and feet</source>
            <translation>Halpe: 26 Gelenke, mit Kopf, Hals und Füßen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>COCO-WholeBody: 133 joints, with feet, face and hands</source>
            <translation>COCO-WholeBody: 133 Gelenke, mit Füßen, Gesicht und Händen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>Hand: 21 joints</source>
            <translation>Hand: 21 Gelenke</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>Face: 68 points</source>
            <translation>Gesicht: 68 Punkte</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>Skeletons (*.json)</source>
            <translation>Skelette (*.json)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>Skeleton</source>
            <translation>Skelett</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>This project: {name}</source>
            <translation>Dieses Projekt: {name}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>Skeletons</source>
            <translation>Skelette</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>&amp;Use this skeleton</source>
            <translation>&amp;Dieses Skelett verwenden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>&amp;Edit…</source>
            <translation>&amp;Bearbeiten…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>&amp;New…</source>
            <translation>&amp;Neu…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>&amp;Import JSON…</source>
            <translation>JSON &amp;importieren…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>E&amp;xport JSON…</source>
            <translation>JSON &amp;exportieren…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>Joints: {joints}. Limbs: {limbs}.</source>
            <translation>Gelenke: {joints}. Verbindungen: {limbs}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>The project is open read-only, so its skeleton stays.</source>
            <translation>Das Projekt ist schreibgeschützt geöffnet, daher bleibt sein Skelett.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>Edited: {name}</source>
            <translation>Bearbeitet: {name}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>my skeleton</source>
            <translation>mein Skelett</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>New: {name}</source>
            <translation>Neu: {name}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>Import a skeleton</source>
            <translation>Skelett importieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>{file}: {name}</source>
            <translation>{file}: {name}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>Export the skeleton</source>
            <translation>Skelett exportieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_dialog.py" />
            <source>Written to {path}.</source>
            <translation>Geschrieben nach {path}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>The skeleton has no name yet: type one above the table.</source>
            <translation>Das Skelett hat noch keinen Namen: über der Tabelle eingeben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>The skeleton has no joints yet: press Add.</source>
            <translation>Das Skelett hat noch keine Gelenke: „Hinzufügen“ drücken.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>Joint {name} has no name: type one in the table.</source>
            <translation>Gelenk {name} hat keinen Namen: in der Tabelle eingeben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>Two joints are called “{name}”: give one another name.</source>
            <translation>Zwei Gelenke heißen „{name}“: eines davon umbenennen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>Drag joints to where they belong on a person who looks at you; the wheel zooms. Keys: Page Up/Down another joint, arrows move it, L joins it to the next one chosen.</source>
            <translation>Gelenke dorthin ziehen, wo sie bei einer Person sitzen, die Sie ansieht; das Mausrad zoomt. Tasten: Bild auf/ab ein anderes Gelenk, Pfeile verschieben es, L verbindet es mit dem nächsten gewählten.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>Edit skeleton</source>
            <translation>Skelett bearbeiten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>Name of the skeleton</source>
            <translation>Name des Skeletts</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>Joints of the skeleton</source>
            <translation>Gelenke des Skeletts</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>&amp;Name</source>
            <translation>&amp;Name</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>&amp;Add</source>
            <translation>&amp;Hinzufügen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>&amp;Remove</source>
            <translation>&amp;Entfernen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>Move &amp;up</source>
            <translation>Nach &amp;oben</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>Move &amp;down</source>
            <translation>Nach &amp;unten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>Draw &amp;limbs</source>
            <translation>&amp;Verbindungen zeichnen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>Click two joints to join them, or to take their limb away</source>
            <translation>Zwei Gelenke anklicken, um sie zu verbinden oder ihre Verbindung zu entfernen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>&amp;Colour…</source>
            <translation>&amp;Farbe…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>Colour of its &amp;side</source>
            <translation>Farbe der &amp;Seite</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_editor.py" />
            <source>Colour of the joint</source>
            <translation>Farbe des Gelenks</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_figure.py" />
            <source>Figure</source>
            <translation>Figur</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_table.py" />
            <source>Mirrors</source>
            <translation>Spiegelt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_table.py" />
            <source>Tolerance</source>
            <translation>Toleranz</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_table.py" />
            <source>Colour</source>
            <translation>Farbe</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_table.py" />
            <source>The joint's name, as it stands in exported files</source>
            <translation>Name des Gelenks, wie er in exportierten Dateien steht</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_table.py" />
            <source>The joint that this one becomes in a mirror image</source>
            <translation>Gelenk, zu dem dieses im Spiegelbild wird</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_table.py" />
            <source>The sigma of OKS: how exactly this joint can be placed, as a part of a person's size</source>
            <translation>Das Sigma der OKS: wie genau sich dieses Gelenk setzen lässt, als Anteil der Größe einer Person</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_table.py" />
            <source>The joint's own colour; without one it has that of its side</source>
            <translation>Eigene Farbe des Gelenks; sonst gilt die seiner Seite</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_table.py" />
            <source>side</source>
            <translation>Seite</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_table.py" />
            <source>The joint that this one mirrors</source>
            <translation>Gelenk, das dieses spiegelt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_table.py" />
            <source>no other joint</source>
            <translation>kein anderes Gelenk</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>nose</source>
            <translation>Nase</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>head</source>
            <translation>Kopf</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>head top</source>
            <translation>Scheitel</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>neck</source>
            <translation>Hals</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>upper neck</source>
            <translation>oberer Hals</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>thorax</source>
            <translation>Brustkorb</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>pelvis</source>
            <translation>Becken</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>hip</source>
            <translation>Hüfte</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>face</source>
            <translation>Gesicht</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>wrist</source>
            <translation>Handgelenk</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>thumb</source>
            <translation>Daumen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>forefinger</source>
            <translation>Zeigefinger</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>middle finger</source>
            <translation>Mittelfinger</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>ring finger</source>
            <translation>Ringfinger</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>pinky finger</source>
            <translation>kleiner Finger</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left eye</source>
            <translation>linkes Auge</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right eye</source>
            <translation>rechtes Auge</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left ear</source>
            <translation>linkes Ohr</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right ear</source>
            <translation>rechtes Ohr</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left shoulder</source>
            <translation>linke Schulter</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right shoulder</source>
            <translation>rechte Schulter</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left elbow</source>
            <translation>linker Ellbogen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right elbow</source>
            <translation>rechter Ellbogen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left wrist</source>
            <translation>linkes Handgelenk</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right wrist</source>
            <translation>rechtes Handgelenk</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left hip</source>
            <translation>linke Hüfte</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right hip</source>
            <translation>rechte Hüfte</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left knee</source>
            <translation>linkes Knie</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right knee</source>
            <translation>rechtes Knie</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left ankle</source>
            <translation>linkes Fußgelenk</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right ankle</source>
            <translation>rechtes Fußgelenk</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left big toe</source>
            <translation>linker großer Zeh</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right big toe</source>
            <translation>rechter großer Zeh</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left small toe</source>
            <translation>linker kleiner Zeh</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right small toe</source>
            <translation>rechter kleiner Zeh</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left heel</source>
            <translation>linke Ferse</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right heel</source>
            <translation>rechte Ferse</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left finger</source>
            <translation>linker Finger</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right finger</source>
            <translation>rechter Finger</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left toe</source>
            <translation>linker Zeh</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right toe</source>
            <translation>rechter Zeh</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left hand root</source>
            <translation>linke Handwurzel</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right hand root</source>
            <translation>rechte Handwurzel</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left thumb</source>
            <translation>linker Daumen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right thumb</source>
            <translation>rechter Daumen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left forefinger</source>
            <translation>linker Zeigefinger</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right forefinger</source>
            <translation>rechter Zeigefinger</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left middle finger</source>
            <translation>linker Mittelfinger</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right middle finger</source>
            <translation>rechter Mittelfinger</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left ring finger</source>
            <translation>linker Ringfinger</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right ring finger</source>
            <translation>rechter Ringfinger</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>left pinky finger</source>
            <translation>linker kleiner Finger</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>right pinky finger</source>
            <translation>rechter kleiner Finger</translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>{names} and %n more</source>
            <translation>
                <numerusform>{names} und %n weiteres</numerusform>
                <numerusform>{names} und %n weitere</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>Place by hand: {joints}.</source>
            <translation>Von Hand setzen: {joints}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>The network knows none of these joints: all are placed by hand.</source>
            <translation>Das Netz kennt keines dieser Gelenke: Alle werden von Hand gesetzt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>The network predicts all of these joints.</source>
            <translation>Das Netz sagt alle diese Gelenke vorher.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>The network predicts {shared} of these joints.</source>
            <translation>Das Netz sagt {shared} dieser Gelenke vorher.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>Takes out: {joints}.</source>
            <translation>Entfernt: {joints}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>Adds: {joints}.</source>
            <translation>Fügt hinzu: {joints}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>Keeps the same joints.</source>
            <translation>Behält dieselben Gelenke.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>Labelled joints that leave the project: {count:,} ({joints}).</source>
            <translation>Annotierte Gelenke, die das Projekt verlassen: {count:,} ({joints}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/status_line.py" />
            <source>network not loaded yet</source>
            <translation>Netz noch nicht geladen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/status_line.py" />
            <source>no network: joints are placed by hand</source>
            <translation>kein Netz: Gelenke werden von Hand gesetzt</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/suggestions.py" />
            <source>Suggestions are shown: click one, or press Y, to accept it.</source>
            <translation>Vorschläge werden gezeigt: zum Annehmen anklicken oder Y drücken.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/suggestions.py" />
            <source>Suggestions are not shown.</source>
            <translation>Vorschläge werden nicht gezeigt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/suggestions.py" />
            <source>There is no suggestion on this image.</source>
            <translation>Auf diesem Bild gibt es keinen Vorschlag.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/suggestions.py" />
            <source>Accept suggestion</source>
            <translation>Vorschlag annehmen</translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/suggestions.py" />
            <source>Accepted; %n suggestion(s) left.</source>
            <translation>
                <numerusform>Angenommen; noch %n Vorschlag.</numerusform>
                <numerusform>Angenommen; noch %n Vorschläge.</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/suggestions.py" />
            <source>Suggestion, {score} · Click or Y: accept</source>
            <translation>Vorschlag, {score} · Klick oder Y: annehmen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching.py" />
            <source>Label at least {least} images by hand first; ten to twenty make a good beginning.</source>
            <translation>Beschrifte zuerst mindestens {least} Bilder von Hand; zehn bis zwanzig sind ein guter Anfang.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching.py" />
            <source>Pausing failed: {reason}.</source>
            <translation>Das Anhalten ist misslungen: {reason}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching.py" />
            <source>Cancelled.</source>
            <translation>Abgebrochen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching.py" />
            <source>Teaching is done.</source>
            <translation>Das Anlernen ist fertig.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching.py" />
            <source>Paused. What was learned so far is kept.</source>
            <translation>Angehalten. Das bisher Gelernte bleibt erhalten.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Date</source>
            <translation>Datum</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Labelled</source>
            <translation>Beschriftet</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Held out</source>
            <translation>Zurückgehalten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Found</source>
            <translation>Gefunden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Joints right</source>
            <translation>Gelenke richtig</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>OKS</source>
            <translation>OKS</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Teach the network</source>
            <translation>Netz anlernen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>&amp;Teach</source>
            <translation>An&amp;lernen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>&amp;Pause</source>
            <translation>&amp;Pause</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>&amp;Use this model</source>
            <translation>Dieses Modell &amp;verwenden</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>min</source>
            <translation>min</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>How long to teach, in minutes</source>
            <translation>Wie lange angelernt wird, in Minuten</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Learn from the images without labels, too</source>
            <translation>Auch von Bildern ohne Beschriftung lernen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>How far teaching has come</source>
            <translation>Wie weit das Anlernen ist</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>C&amp;ancel</source>
            <translation>&amp;Abbrechen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Models of this project</source>
            <translation>Modelle dieses Projekts</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Images that it was taught from, held-out ones included</source>
            <translation>Bilder, von denen es gelernt hat, die zurückgehaltenen eingeschlossen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Labelled images that only the figures come from</source>
            <translation>Beschriftete Bilder, aus denen allein die Zahlen stammen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Joints within 5 % of the longer side of the box</source>
            <translation>Gelenke innerhalb von 5 % der längeren Seite des Rahmens</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Clicks to OKS 0.90 for each, of all that placing every joint takes</source>
            <translation>Klicks bis OKS 0,90 für jedes Wesen, von allen, die das Setzen jedes Gelenks braucht</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Joints right on held-out images, in %</source>
            <translation>Richtige Gelenke auf zurückgehaltenen Bildern, in %</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>{count} labelled images are there to learn from.</source>
            <translation>{count} beschriftete Bilder sind zum Lernen da.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Pausing: what was learned is being written…</source>
            <translation>Wird angehalten: Das Gelernte wird geschrieben…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Starting…</source>
            <translation>Wird gestartet…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Looking at the images…</source>
            <translation>Die Bilder werden angesehen…</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Step {step}: {time} left. Go on working meanwhile.</source>
            <translation>Schritt {step}: noch {time}. Inzwischen kann weitergearbeitet werden.</translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>%n untouched image(s) still to be predicted anew</source>
            <translation>
                <numerusform>Noch %n unberührtes Bild ist neu vorherzusagen</numerusform>
                <numerusform>Noch %n unberührte Bilder sind neu vorherzusagen</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>Few images are held out, so the figures are rough.</source>
            <translation>Es sind wenige Bilder zurückgehalten, daher sind die Zahlen grob.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>The network of the settings</source>
            <translation>Das Netz der Einstellungen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>{name} (in use)</source>
            <translation>{name} (in Gebrauch)</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>&amp;Teach anew</source>
            <translation>Neu an&amp;lernen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>&amp;Go on</source>
            <translation>&amp;Weitermachen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>{clicks} of {joints}</source>
            <translation>{clicks} von {joints}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>{percent} %</source>
            <translation>{percent} %</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_run.py" />
            <source>The program that teaches cannot be started: {reason}.</source>
            <translation>Das Programm zum Anlernen lässt sich nicht starten: {reason}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_run.py" />
            <source>The teaching was ended from outside, perhaps because memory ran out.</source>
            <translation>Das Anlernen wurde von außen beendet, vielleicht weil der Speicher nicht reichte.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_run.py" />
            <source>Press Go on: it continues from what it kept last.</source>
            <translation>Drücke „Weitermachen“: Es geht bei dem weiter, was zuletzt gesichert wurde.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/teaching_run.py" />
            <source>The teaching stopped with an error: {reason}</source>
            <translation>Das Anlernen endete mit einem Fehler: {reason}</translation>
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
            <location filename="../../clickpose_app/gui/unexpected.py" />
            <source>Something unexpected happened</source>
            <translation>Etwas Unerwartetes ist passiert</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/unexpected.py" />
            <source>ClickPose made a mistake: {error}</source>
            <translation>ClickPose hat einen Fehler gemacht: {error}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/unexpected.py" />
            <source>Your annotations are safe: each edit is stored as soon as it is made. You can go on; if it happens again, copy the diagnostics and send them to us.</source>
            <translation>Ihre Annotationen sind sicher: Jede Änderung wird sofort gespeichert. Sie können weiterarbeiten; passiert es noch einmal, kopieren Sie bitte die Diagnose und schicken Sie sie uns.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/unexpected.py" />
            <source>Go on</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/unexpected.py" />
            <source>Copy diagnostics</source>
            <translation>Diagnose kopieren</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/unstored.py" />
            <source>Some edits are not stored</source>
            <translation>Manche Änderungen sind nicht gespeichert</translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/unstored.py" />
            <source>The last edits on %n image(s) would be lost.</source>
            <translation>
                <numerusform>Die letzten Änderungen an %n Bild würden verloren gehen.</numerusform>
                <numerusform>Die letzten Änderungen an %n Bildern würden verloren gehen.</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/unstored.py" />
            <source>Try again</source>
            <translation>Noch einmal versuchen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/unstored.py" />
            <source>Lose these edits</source>
            <translation>Diese Änderungen verwerfen</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/gui/unstored.py" />
            <source>Stay here</source>
            <translation>Hier bleiben</translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/unstored.py" />
            <source>The edits on %n image(s) wait here and are stored as soon as that works: leave the window open.</source>
            <translation>
                <numerusform>Die Änderungen an %n Bild warten hier und werden gespeichert, sobald das wieder geht: bitte das Fenster offen lassen.</numerusform>
                <numerusform>Die Änderungen an %n Bildern warten hier und werden gespeichert, sobald das wieder geht: bitte das Fenster offen lassen.</numerusform>
            </translation>
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
            <translation>Oder Ordner, Bild, COCO-JSON oder Projekt hierher ziehen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>There is no weights file {path}.</source>
            <translation>Eine Gewichtsdatei {path} gibt es nicht.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>Check the path.</source>
            <translation>Bitte den Pfad prüfen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{path} holds another model than was asked for: {difference}.</source>
            <translation>{path} enthält ein anderes Modell als gewünscht: {difference}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>Leave the configuration out to take the file's own.</source>
            <translation>Ohne Angabe der Konfiguration gilt die der Datei.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{path} does not say which model it holds.</source>
            <translation>{path} sagt nicht, welches Modell darin ist.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>Give its configuration; own weights (.safetensors) carry it themselves.</source>
            <translation>Bitte die Konfiguration angeben; eigene Gewichte (.safetensors) bringen sie mit.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{path}: {name} holds numbers that are not finite.</source>
            <translation>{path}: {name} enthält Zahlen, die nicht endlich sind.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{path} is not a safetensors file: {error}.</source>
            <translation>{path} ist keine safetensors-Datei: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{path}: {name} differs from its copy elsewhere in the file.</source>
            <translation>{path}: {name} stimmt mit seiner Kopie in der Datei nicht überein.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>The file is damaged or of another program: fetch it again.</source>
            <translation>Die Datei ist beschädigt oder von einem anderen Programm: bitte neu besorgen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{path} does not hold a ClickPose model.</source>
            <translation>{path} enthält kein ClickPose-Modell.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>Choose weights that ClickPose wrote.</source>
            <translation>Bitte Gewichte wählen, die ClickPose geschrieben hat.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{path}: {problem}</source>
            <translation>{path}: {problem}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{path} cannot be read: {error}.</source>
            <translation>{path} lässt sich nicht lesen: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{path} cannot be read as weights alone: {reason}.</source>
            <translation>{path} lässt sich nicht als reine Gewichte lesen: {reason}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>It is damaged, or holds code, which ClickPose refuses to run.</source>
            <translation>Die Datei ist beschädigt oder enthält Code, den ClickPose nicht ausführt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{path} holds no table of weights.</source>
            <translation>{path} enthält keine Tabelle von Gewichten.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{label}: {names}</source>
            <translation>{label}: {names}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>missing</source>
            <translation>fehlend</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>unexpected</source>
            <translation>unerwartet</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>of another shape</source>
            <translation>von anderer Form</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{path} does not fit the model; {parts}.</source>
            <translation>{path} passt nicht zum Modell; {parts}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>Give the configuration that the weights were trained with.</source>
            <translation>Bitte die Konfiguration angeben, mit der die Gewichte trainiert wurden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{names}</source>
            <translation>{names}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{names} and {count} more</source>
            <translation>{names} und {count} weitere</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/checkpoint.py" />
            <source>{name} is {found}, not {asked}</source>
            <translation>{name} ist {found}, nicht {asked}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/config.py" />
            <source>The model configuration has unknown fields: {names}.</source>
            <translation>Die Modellkonfiguration hat unbekannte Felder: {names}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/config.py" />
            <source>The weights may come from a newer ClickPose: update it.</source>
            <translation>Die Gewichte stammen wohl von einem neueren ClickPose: bitte aktualisieren.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/config.py" />
            <source>The model configuration's {name} cannot be {value}.</source>
            <translation>In der Modellkonfiguration kann {name} nicht {value} sein.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/config.py" />
            <source>The weights file is damaged or was not written by ClickPose.</source>
            <translation>Die Gewichtsdatei ist beschädigt oder nicht von ClickPose.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/network/config.py" />
            <source>The model configuration is impossible: {error}.</source>
            <translation>Die Modellkonfiguration ist unmöglich: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/database.py" />
            <source>the annotation of image {id}</source>
            <translation>die Annotation von Bild {id}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/database.py" />
            <source>{path} is open read-only, so nothing can be changed.</source>
            <translation>{path} ist nur zum Lesen geöffnet, daher lässt sich nichts ändern.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/database.py" />
            <source>Open it for writing once nobody else has it open.</source>
            <translation>Bitte zum Schreiben öffnen, sobald es sonst niemand offen hat.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/database.py" />
            <source>{path} is damaged: {what} cannot be read ({error}).</source>
            <translation>{path} ist beschädigt: {what} – nicht lesbar ({error}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/database.py" />
            <source>Restore it from a copy.</source>
            <translation>Bitte die Datei aus einer Kopie wiederherstellen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/database.py" />
            <source>{path}: {what} cannot be stored ({error}).</source>
            <translation>{path}: {what} – lässt sich nicht speichern ({error}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/database.py" />
            <source>{path} was replaced by another file while it was open.</source>
            <translation>{path} wurde durch eine andere Datei ersetzt, während es geöffnet war.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/database.py" />
            <source>Nothing is lost: your work goes on in {rescued}.</source>
            <translation>Nichts ist verloren: Die Arbeit geht in {rescued} weiter.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/database.py" />
            <source>{path} was opened by somebody else meanwhile.</source>
            <translation>{path} wurde inzwischen von jemand anderem geöffnet.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/database.py" />
            <source>Its lock file was deleted. Close it there.</source>
            <translation>Die Sperrdatei wurde gelöscht. Bitte dort schließen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_header.py" />
            <source>{path} is empty.</source>
            <translation>{path} ist leer.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_header.py" />
            <source>{path} is not an image that can be read.</source>
            <translation>{path} ist kein lesbares Bild.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_header.py" />
            <source>JPEG, PNG, WebP, TIFF and BMP are.</source>
            <translation>Lesbar sind JPEG, PNG, WebP, TIFF und BMP.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_header.py" />
            <source>{path} is too large: {width} x {height} pixels, more than {millions:g} million.</source>
            <translation>{path} ist zu groß: {width} x {height} Pixel, mehr als {millions:g} Millionen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_header.py" />
            <source>Scale it down first.</source>
            <translation>Bitte das Bild zuerst verkleinern.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_header.py" />
            <source>{path} has 32-bit pixels, which have no one way to be shown.</source>
            <translation>{path} hat Pixel mit 32 Bit, die sich nicht eindeutig darstellen lassen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_header.py" />
            <source>Convert it to 8 or 16 bits first.</source>
            <translation>Bitte das Bild zuerst in 8 oder 16 Bit umwandeln.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_header.py" />
            <source>{path} is a folder, not an image.</source>
            <translation>{path} ist ein Ordner, kein Bild.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_header.py" />
            <source>{path} is not a file.</source>
            <translation>{path} ist keine Datei.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_header.py" />
            <source>{path} is damaged or cut short.</source>
            <translation>{path} ist beschädigt oder abgeschnitten.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_header.py" />
            <source>{path} needs more memory than there is.</source>
            <translation>{path} braucht mehr Speicher, als da ist.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_root.py" />
            <source>{project}: the image {file_name!r} lies outside the image folder.</source>
            <translation>{project}: Das Bild {file_name!r} liegt außerhalb des Bildordners.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_root.py" />
            <source>Name images relative to their folder.</source>
            <translation>Bitte Bilder von ihrem Ordner aus benennen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_root.py" />
            <source>{project}: the image name {file_name!r} is not valid Unicode.</source>
            <translation>{project}: Der Bildname {file_name!r} ist kein gültiges Unicode.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/image_root.py" />
            <source>Rename the file.</source>
            <translation>Bitte die Datei umbenennen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/images.py" />
            <source>{path} is not an image.</source>
            <translation>{path} ist kein Bild.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/images.py" />
            <source>These are read: {kinds}.</source>
            <translation>Gelesen werden: {kinds}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/project.py" />
            <source>another process</source>
            <translation>ein anderer Prozess</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/project.py" />
            <source>{path} is already open: {owner}.</source>
            <translation>{path} ist schon geöffnet: {owner}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/project.py" />
            <source>its skeleton</source>
            <translation>sein Skelett</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/project.py" />
            <source>{path} already exists.</source>
            <translation>{path} gibt es schon.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/project.py" />
            <source>Open it, or choose another name.</source>
            <translation>Bitte die Datei öffnen oder einen anderen Namen wählen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/project.py" />
            <source>Close it there first, or open a copy.</source>
            <translation>Bitte das Projekt zuerst dort schließen oder eine Kopie öffnen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/project.py" />
            <source>the list of images</source>
            <translation>die Liste der Bilder</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/project.py" />
            <source>the COCO header</source>
            <translation>der COCO-Kopf</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/project.py" />
            <source>image {id}</source>
            <translation>Bild {id}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/project.py" />
            <source>Close it there, or open it read-only.</source>
            <translation>Bitte das Projekt dort schließen oder nur zum Lesen öffnen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/project_from.py" />
            <source>{path} is there already and may hold work.</source>
            <translation>{path} gibt es schon und könnte Arbeit enthalten.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/project_from.py" />
            <source>Choose another name, or move it away.</source>
            <translation>Einen anderen Namen wählen oder die Datei wegbewegen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/project_lock.py" />
            <source>{user} on {host} (process {pid}) since {since}</source>
            <translation>{user} auf {host} (Prozess {pid}) seit {since}</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>{path} cannot be created: {error}.</source>
            <translation>{path} lässt sich nicht anlegen: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>{path} cannot be written: the disk is full.</source>
            <translation>{path} lässt sich nicht schreiben: Der Datenträger ist voll.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>Free some space on it.</source>
            <translation>Bitte dort Platz schaffen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>{path} cannot be reached: its disk reports an error.</source>
            <translation>{path} ist nicht erreichbar: Der Datenträger meldet einen Fehler.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>Check that the disk or network drive is connected and has room.</source>
            <translation>Bitte prüfen, ob der Datenträger oder das Netzlaufwerk verbunden ist und Platz hat.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>{path} is being written by another program.</source>
            <translation>{path} wird gerade von einem anderen Programm beschrieben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>Close the other program.</source>
            <translation>Bitte das andere Programm schließen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>{path} cannot be used: {text}.</source>
            <translation>{path} lässt sich nicht verwenden: {text}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>{path} is not a ClickPose project.</source>
            <translation>{path} ist kein ClickPose-Projekt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>Open a file ending in .clickpose.</source>
            <translation>Bitte eine Datei öffnen, die auf .clickpose endet.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>{path} is damaged: part of the file is missing or overwritten.</source>
            <translation>{path} ist beschädigt: Ein Teil der Datei fehlt oder ist überschrieben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>{path} is damaged: it lacks {what}.</source>
            <translation>{path} ist beschädigt: {what} fehlt darin.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>{path} cannot be written.</source>
            <translation>{path} lässt sich nicht schreiben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>Open it read-only, or copy it to a folder of your own.</source>
            <translation>Bitte das Projekt nur zum Lesen öffnen oder in einen eigenen Ordner kopieren.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>{path} is a folder, not a project file.</source>
            <translation>{path} ist ein Ordner, keine Projektdatei.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>{path} is empty, so it is not a ClickPose project.</source>
            <translation>{path} ist leer, also kein ClickPose-Projekt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>{path} was written by a newer ClickPose (format {version}, this one knows {known}).</source>
            <translation>{path} wurde von einem neueren ClickPose geschrieben (Format {version}, dieses kennt {known}).</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/schema.py" />
            <source>Install the newest version.</source>
            <translation>Bitte die neueste Version installieren.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/skeletons.py" />
            <source>{path} is not a skeleton file: {error}.</source>
            <translation>{path} ist keine Skelettdatei: {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/skeletons.py" />
            <source>{path}: a limb, pair or colour names the unknown keypoint {error}.</source>
            <translation>{path}: Eine Verbindung, ein Paar oder eine Farbe nennt das unbekannte Gelenk {error}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/vanished.py" />
            <source>{path} is gone, and cannot be written anew.</source>
            <translation>{path} ist verschwunden und lässt sich nicht neu schreiben.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/vanished.py" />
            <source>Bring its folder back, connect its disk, or make room there.</source>
            <translation>Bitte den Ordner zurückholen, den Datenträger verbinden oder dort Platz schaffen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/videos.py" />
            <source>{path} is not a video that can be read, or its beginning or index is missing.</source>
            <translation>{path} ist kein lesbares Video, oder sein Anfang oder sein Index fehlt.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/videos.py" />
            <source>Copy it again from where it came, or convert it to MP4 (H.264).</source>
            <translation>Noch einmal von der Quelle kopieren oder in MP4 (H.264) umwandeln.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/videos.py" />
            <source>{path} is a MagicYUV video, which is not safe to read.</source>
            <translation>{path} ist ein MagicYUV-Video; es zu lesen ist nicht sicher.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/videos.py" />
            <source>Convert it to MP4 (H.264) with a program that you trust.</source>
            <translation>Bitte mit einem vertrauenswürdigen Programm in MP4 (H.264) umwandeln.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/storage/videos.py" />
            <source>{path} is too large: {width:.0f} x {height:.0f} pixels a frame, more than {millions:g} million.</source>
            <translation>{path} ist zu groß: {width:.0f} x {height:.0f} Pixel je Einzelbild, mehr als {millions:g} Millionen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/training/data_samples.py" />
            <source>Leave the training data in place while a run needs it.</source>
            <translation>Bitte die Trainingsdaten liegen lassen, solange ein Lauf sie braucht.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/training/data_samples.py" />
            <source>{name} cannot be decoded.</source>
            <translation>{name} lässt sich nicht dekodieren.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/training/data_samples.py" />
            <source>Leave it out of the training data.</source>
            <translation>Bitte aus den Trainingsdaten herausnehmen.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/training/data_samples.py" />
            <source>{name} has about {width} x {height} pixels, but its labels say {wide} x {high}.</source>
            <translation>{name} hat etwa {width} x {height} Pixel, laut Beschriftung aber {wide} x {high}.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/training/data_samples.py" />
            <source>Take the photos that the labels were made on.</source>
            <translation>Bitte die Fotos nehmen, die beschriftet wurden.</translation>
        </message>
        <message>
            <location filename="../../clickpose_app/training/run_state.py" />
            <source>Make room there, then start the same command again: the run goes on from its state.</source>
            <translation>Bitte dort Platz schaffen und denselben Befehl noch einmal starten: Der Lauf setzt bei seinem Stand fort.</translation>
        </message>
        <message>
            <source>{path} is not valid YAML: {first}.</source>
            <translation type="vanished">{path} ist kein gültiges YAML: {first}.</translation>
        </message>
        <message>
            <source>Labelled images</source>
            <translation type="vanished">Beschriftete Bilder</translation>
        </message>
        <message>
            <source>{path} cannot be written: {line}.</source>
            <translation type="vanished">{path} lässt sich nicht schreiben: {line}.</translation>
        </message>
        <message>
            <source>{path} cannot be written: {value}.</source>
            <translation type="vanished">{path} lässt sich nicht schreiben: {value}.</translation>
        </message>
        <message>
            <source>{path} cannot be read as weights alone: {reason}</source>
            <translation type="vanished">{path} lässt sich nicht als reine Gewichte lesen: {reason}</translation>
        </message>
        <message>
            <source>Free some space and repeat the edit.</source>
            <translation type="vanished">Bitte Platz schaffen und die Änderung wiederholen.</translation>
        </message>
        <message>
            <source>doing that</source>
            <translation type="vanished">letzte Aktion</translation>
        </message>
        <message>
            <source>&amp;Close project</source>
            <translation type="vanished">Projekt sch&amp;ließen</translation>
        </message>
        <message>
            <source>&amp;Find images by name</source>
            <translation type="vanished">Bilder nach N&amp;amen suchen</translation>
        </message>
        <message>
            <source>Image &amp;look: brightness, contrast, gamma…</source>
            <translation type="vanished">&amp;Bildanzeige: Helligkeit, Kontrast, Gamma…</translation>
        </message>
        <message>
            <source>encoding…</source>
            <translation type="vanished">Kodieren…</translation>
        </message>
        <message>
            <source>◀ Previous</source>
            <translation type="vanished">◀ Voriges</translation>
        </message>
        <message>
            <source>Next ▶</source>
            <translation type="vanished">Nächstes ▶</translation>
        </message>
        <message>
            <source>Middle button, or Space and drag</source>
            <translation type="vanished">Mittlere Taste, oder Leertaste und ziehen</translation>
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
            <source>{number:,} of {count:,}</source>
            <translation type="vanished">{number:,} von {count:,}</translation>
        </message>
        <message>
            <source>Images   {place} · {edited:,} edited</source>
            <translation type="vanished">Bilder   {place} · {edited:,} bearbeitet</translation>
        </message>
        <message>
            <source>This project's skeleton is not the one that the network knows.</source>
            <translation type="vanished">Das Skelett dieses Projekts ist nicht das, welches das Netz kennt.</translation>
        </message>
        <message>
            <source>Joints can be placed by hand; predictions are off for this project.</source>
            <translation type="vanished">Gelenke lassen sich von Hand setzen; Vorhersagen sind für dieses Projekt aus.</translation>
        </message>
    </context>
</TS>
