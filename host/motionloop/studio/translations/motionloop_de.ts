<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>Accuracy {figure}</source>
        <translation>Genauigkeit {figure}</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Beside a split at random</source>
        <translation>Daneben zufällig aufgeteilt</translation>
    </message>
    <message>
        <source>Each person, or else each session, is left out in turn: a model is trained on the others and tested on who was left out. The result is a report to hand in. It takes one quick training per person.</source>
        <translation>Jede Person, sonst jede Sitzung, wird einmal ausgelassen: Ein Modell wird mit den anderen trainiert und an der ausgelassenen getestet. Das Ergebnis ist ein Bericht zum Abgeben. Es dauert ein schnelles Training je Person.</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Going on with {name}, which was cut off {seconds} s ago. Stop ends it.</source>
        <translation>{name} geht weiter: Die Aufnahme war vor {seconds} s abgebrochen. Stopp beendet sie.</translation>
    </message>
    <message>
        <source>How well will it know a new person?</source>
        <translation>Wie gut erkennt es eine neue Person?</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Leave each person out in turn, train on the others, and test on that person</source>
        <translation>Jede Person einmal auslassen, mit den anderen trainieren und an ihr testen</translation>
    </message>
    <message>
        <source>Left out, and its accuracy</source>
        <translation>Ausgelassen, und die Genauigkeit dabei</translation>
    </message>
    <message>
        <source>More trainings show how much a figure depends on chance</source>
        <translation>Mehr Trainings zeigen, wie weit eine Zahl vom Zufall abhängt</translation>
    </message>
    <message>
        <source>Open the report</source>
        <translation>Bericht öffnen</translation>
    </message>
    <message>
        <source>Open the report in the browser; it is one file</source>
        <translation>Den Bericht im Browser öffnen; er ist eine einzige Datei</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Shows how much too good a figure is when windows of one person are on both sides</source>
        <translation>Zeigt, um wie viel eine Zahl zu gut ist, wenn Fenster einer Person auf beiden Seiten liegen</translation>
    </message>
    <message>
        <source>Test honestly</source>
        <translation>Ehrlich testen</translation>
    </message>
    <message>
        <source>Testing honestly</source>
        <translation>Ehrlicher Test</translation>
    </message>
    <message>
        <source>The studio speaks this language from its next start on.</source>
        <translation>Das Studio spricht diese Sprache ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>There are no recordings in {folder} to train on: record a few activities first, half a minute of each at least, or tick more people.</source>
        <translation>In {folder} gibt es keine Aufnahmen zum Trainieren: zuerst einige Aktivitäten aufnehmen, jede mindestens eine halbe Minute, oder mehr Personen ankreuzen.</translation>
    </message>
    <message>
        <source>Trainings per fold</source>
        <translation>Trainings je Durchgang</translation>
    </message>
    <message>
        <source>Whole recordings replayed: {missed} of {changes} changes of activity missed.</source>
        <translation>Ganze Aufnahmen abgespielt: {missed} von {changes} Wechseln der Aktivität verpasst.</translation>
    </message>
    <message>
        <source>start the trainer</source>
        <translation>Trainer starten</translation>
    </message>
    <message>
        <source>the end of each session</source>
        <translation>das Ende jeder Sitzung</translation>
    </message>
    <message>
        <source>{share:.1%}</source>
        <translation>{share:.1%}</translation>
    </message>
    <message>
        <source>{windows:,} windows</source>
        <translation>{windows:,} Fenster</translation>
    </message>
</context>
</TS>
