<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>As the system has it</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>The studio speaks this language from its next start on.</source>
        <translation>Das Studio spricht diese Sprache ab dem nächsten Start.</translation>
    </message>
</context>
</TS>
