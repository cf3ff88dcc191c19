<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>ClickPose</name>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/clipboard.py" />
            <source>%n person(s) deleted.</source>
            <translation>
                <numerusform>%n person deleted.</numerusform>
                <numerusform>%n people deleted.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/recent_list.py" />
            <source>%n images</source>
            <translation>
                <numerusform>%n image</numerusform>
                <numerusform>%n images</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/skeleton_words.py" />
            <source>{names} and %n more</source>
            <translation>
                <numerusform>{names} and %n more</numerusform>
                <numerusform>{names} and %n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/suggestions.py" />
            <source>Accepted; %n suggestion(s) left.</source>
            <translation>
                <numerusform>Accepted; %n suggestion left.</numerusform>
                <numerusform>Accepted; %n suggestions left.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/teaching_dialog.py" />
            <source>%n untouched image(s) still to be predicted anew</source>
            <translation>
                <numerusform>%n untouched image still to be predicted anew</numerusform>
                <numerusform>%n untouched images still to be predicted anew</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/unstored.py" />
            <source>The last edits on %n image(s) would be lost.</source>
            <translation>
                <numerusform>The last edits on %n image would be lost.</numerusform>
                <numerusform>The last edits on %n images would be lost.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/unstored.py" />
            <source>The edits on %n image(s) wait here and are stored as soon as that works: leave the window open.</source>
            <translation>
                <numerusform>The edits on %n image wait here and are stored as soon as that works: leave the window open.</numerusform>
                <numerusform>The edits on %n images wait here and are stored as soon as that works: leave the window open.</numerusform>
            </translation>
        </message>
    </context>
</TS>
