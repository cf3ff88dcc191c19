<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>ClickPose</name>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/clipboard.py" />
            <source>%n person(s) deleted.</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
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
            <translation type="unfinished">
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../clickpose_app/gui/suggestions.py" />
            <source>Accepted; %n suggestion(s) left.</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
            </translation>
        </message>
    </context>
</TS>
