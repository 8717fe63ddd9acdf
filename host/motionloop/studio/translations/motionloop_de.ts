<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source> and </source>
        <comment>between two layers</comment>
        <translation> und </translation>
    </message>
    <message>
        <source> and </source>
        <comment>between two values</comment>
        <translation> und </translation>
    </message>
    <message>
        <source> and </source>
        <comment>between two files</comment>
        <translation> und </translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) of {seconds:.2f} s</source>
        <translation>
            <numerusform>%n Ereignis von {seconds:.2f} s</numerusform>
            <numerusform>%n Ereignisse von {seconds:.2f} s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gap(s) (hatched)</source>
        <translation>
            <numerusform>%n Lücke (schraffiert)</numerusform>
            <numerusform>%n Lücken (schraffiert)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other board(s)</source>
        <translation>
            <numerusform>%n anderes Board</numerusform>
            <numerusform>%n andere Boards</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%n Aufnahme</numerusform>
            <numerusform>%n Aufnahmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) at {place}: too few to be used</source>
        <translation>
            <numerusform>%n Zeile bei {place}: zu wenig zum Verwenden</numerusform>
            <numerusform>%n Zeilen bei {place}: zu wenige zum Verwenden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n segment(s)</source>
        <translation>
            <numerusform>%n Abschnitt</numerusform>
            <numerusform>%n Abschnitte</numerusform>
        </translation>
    </message>
    <message>
        <source>&apos;by&apos; is {by!r}, neither {person} nor {session}</source>
        <translation>&apos;by&apos; ist {by!r}, weder {person} noch {session}</translation>
    </message>
    <message>
        <source>(its columns: {names})</source>
        <translation>(die Spalten: {names})</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>(nichts)</translation>
    </message>
    <message>
        <source>- {fault}</source>
        <translation>- {fault}</translation>
    </message>
    <message>
        <source>--columns has {name!r}, which is none of {given}: correct it.</source>
        <translation>--columns enthält {name!r}, das ist keines von {given}: berichtigen.</translation>
    </message>
    <message>
        <source>--held-out has people and sessions together: give names of people only, or of sessions only.</source>
        <translation>--held-out nennt Personen und Sitzungen zugleich: nur Personen oder nur Sitzungen nennen.</translation>
    </message>
    <message>
        <source>--labels has {twice} twice: give each once.</source>
        <translation>--labels nennt {twice} zweimal: jedes einmal nennen.</translation>
    </message>
    <message>
        <source>0 is no time</source>
        <translation>0 ist keine Zeit</translation>
    </message>
    <message>
        <source>1 line left out (line {number})</source>
        <translation>1 Zeile weggelassen (Zeile {number})</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>1 to 9</source>
        <translation>1 bis 9</translation>
    </message>
    <message>
        <source>1 to {most} channels are possible</source>
        <translation>1 bis {most} Kanäle sind möglich</translation>
    </message>
    <message>
        <source>A block was written twice, or a recording was copied: with one copy in training and one in the test, the accuracy is too good to be true</source>
        <translation>Ein Block wurde zweimal geschrieben oder eine Aufnahme kopiert: Mit einer Kopie im Training und einer im Test ist die Genauigkeit zu gut, um wahr zu sein</translation>
    </message>
    <message>
        <source>A board with this recording&apos;s sensor refuses the package: {name} ({detail}). Train a model for its rate.</source>
        <translation>Ein Board mit dem Sensor dieser Aufnahme lehnt das Paket ab: {name} ({detail}). Ein Modell für seine Rate trainieren.</translation>
    </message>
    <message>
        <source>A convolution of one point: each map is a mix of the maps before it, at the same moment. It combines what the kernels before it have found.</source>
        <translation>Eine Faltung über einen Punkt: Jede Karte ist eine Mischung der Karten davor, im selben Moment. Sie verbindet, was die Kerne davor gefunden haben.</translation>
    </message>
    <message>
        <source>A label needs {least:.0f} s; shorter ones are left out.</source>
        <translation>Ein Label braucht {least:.0f} s; kürzere bleiben weg.</translation>
    </message>
    <message>
        <source>A model of these recordings would be useless:
{causes}</source>
        <translation>Ein Modell aus diesen Aufnahmen wäre nutzlos:
{causes}</translation>
    </message>
    <message>
        <source>A model&apos;s rate is above 0: `--rate-hz` is {rate_hz:g}.</source>
        <translation>Die Rate eines Modells ist größer als 0: `--rate-hz` ist {rate_hz:g}.</translation>
    </message>
    <message>
        <source>A name that is there already joins the two labels.</source>
        <translation>Ein Name, den es schon gibt, fasst beide Labels zusammen.</translation>
    </message>
    <message>
        <source>A personal model counts this person&apos;s recordings most</source>
        <translation>Ein persönliches Modell gewichtet die Aufnahmen dieser Person am stärksten</translation>
    </message>
    <message>
        <source>A point is a window; like ones lie together.</source>
        <translation>Ein Punkt ist ein Fenster; ähnliche liegen beisammen.</translation>
    </message>
    <message>
        <source>A row of the rotation&apos;s table is missing, and there are no times to join it by: correct it there, or remove the same row of the acceleration&apos;s.</source>
        <translation>In der Tabelle der Drehung fehlt eine Zeile, und es gibt keine Zeiten zum Zuordnen: dort berichtigen oder dieselbe Zeile der Beschleunigung entfernen.</translation>
    </message>
    <message>
        <source>A search needs a limit: give --trials or --minutes.</source>
        <translation>Eine Suche braucht eine Grenze: --trials oder --minutes angeben.</translation>
    </message>
    <message>
        <source>A short motion with rest before and after, such as a gesture: gestures.</source>
        <translation>Eine kurze Bewegung mit Ruhe davor und danach, etwa eine Geste.</translation>
    </message>
    <message>
        <source>A smaller form of one model: quantized, pruned, clustered.</source>
        <translation>Eine kleinere Form eines Modells: quantisiert, ausgedünnt, gruppiert.</translation>
    </message>
    <message>
        <source>A switch or key of this computer turns Bluetooth off: turn it on.</source>
        <translation>Ein Schalter oder eine Taste dieses Computers schaltet Bluetooth aus: einschalten.</translation>
    </message>
    <message>
        <source>A window has points: `--window` is {points}. Choose 1 to {most}.</source>
        <translation>Ein Fenster hat Punkte: `--window` ist {points}. 1 bis {most} wählen.</translation>
    </message>
    <message>
        <source>A window of {points} points and {channels} channels is an input of {bytes} bytes; a board takes {most_bytes}, and {most_points} points. Choose `--window {most}` or less.</source>
        <translation>Ein Fenster von {points} Punkten und {channels} Kanälen ist eine Eingabe von {bytes} Bytes; ein Board nimmt {most_bytes} und {most_points} Punkte. `--window {most}` oder weniger wählen.</translation>
    </message>
    <message>
        <source>About MotionLoop</source>
        <translation>Über MotionLoop</translation>
    </message>
    <message>
        <source>About {seconds:.0f} s of {name} are the same samples as in {other}, and one of them would be in the test: a copy. Remove it, or put both on one side.</source>
        <translation>Etwa {seconds:.0f} s von {name} sind dieselben Messwerte wie in {other}, und eines davon wäre im Test: eine Kopie. Sie entfernen oder beide auf eine Seite legen.</translation>
    </message>
    <message>
        <source>Acceleration in</source>
        <translation>Beschleunigung in</translation>
    </message>
    <message>
        <source>Accelerometer, g, over seconds</source>
        <translation>Beschleunigung, g, über Sekunden</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Accuracy {figure}</source>
        <translation>Genauigkeit {figure}</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Adds two layers, point by point.</source>
        <translation>Zählt zwei Schichten Punkt für Punkt zusammen.</translation>
    </message>
    <message>
        <source>Adds zeros at the ends, so that a kernel can begin there.</source>
        <translation>Hängt an den Enden Nullen an, damit ein Kern dort beginnen kann.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>All labels: unlabelled motion goes along.</source>
        <translation>Alle Labels: auch Bewegung ohne Label kommt mit.</translation>
    </message>
    <message>
        <source>All motion looks faster or slower than it is: check the board&apos;s firmware.</source>
        <translation>Alle Bewegung sieht schneller oder langsamer aus, als sie ist: Firmware des Boards prüfen.</translation>
    </message>
    <message>
        <source>All recordings are excluded from trainings: {excluded}. Take some of them in again with `motionloop edit NAME --include`.</source>
        <translation>Alle Aufnahmen sind vom Training ausgeschlossen: {excluded}. Einige mit `motionloop edit NAME --include` wieder hineinnehmen.</translation>
    </message>
    <message>
        <source>Allow it in the system&apos;s privacy settings for Bluetooth.</source>
        <translation>In den Datenschutzeinstellungen des Systems für Bluetooth erlauben.</translation>
    </message>
    <message>
        <source>Allow it to the terminal (or to the program that starts this one) in System Settings, Privacy &amp; Security, Bluetooth, and start that program again.</source>
        <translation>In Systemeinstellungen, Datenschutz &amp; Sicherheit, Bluetooth dem Terminal (oder dem Programm, das dieses startet) erlauben und jenes Programm neu starten.</translation>
    </message>
    <message>
        <source>Alt+Left, Right</source>
        <translation>Alt+Links, Rechts</translation>
    </message>
    <message>
        <source>Another label</source>
        <translation>Weiteres Label</translation>
    </message>
    <message>
        <source>Another program has {device} open. Close it (a serial monitor, an IDE, a terminal) and repeat the command.</source>
        <translation>Ein anderes Programm hat {device} offen. Es schließen (ein serieller Monitor, eine IDE, ein Terminal) und den Befehl wiederholen.</translation>
    </message>
    <message>
        <source>Arena</source>
        <translation>Arena</translation>
    </message>
    <message>
        <source>As a convolution, but each kernel slides over one map only. It needs few weights: that makes MobileNet light.</source>
        <translation>Wie eine Faltung, aber jeder Kern gleitet nur über eine Karte. Das braucht wenige Gewichte: Deshalb ist MobileNet leicht.</translation>
    </message>
    <message>
        <source>As high as what is in view, or as all of the recording</source>
        <translation>So hoch wie das Sichtbare oder wie die ganze Aufnahme</translation>
    </message>
    <message>
        <source>As it was trained; the board computes in int8 only.</source>
        <translation>Wie trainiert; das Board rechnet nur in int8.</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Asking {name} for its model</source>
        <translation>{name} wird nach dem Modell gefragt</translation>
    </message>
    <message>
        <source>Beep</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Begins after</source>
        <translation>Beginnt nach</translation>
    </message>
    <message>
        <source>Beside a split at random</source>
        <translation>Daneben zufällig aufgeteilt</translation>
    </message>
    <message>
        <source>Beside the model on the board, on the same windows: {new:.1%} against {old:.1%}, {change}. The old one may have been trained on some of them.</source>
        <translation>Neben dem Modell auf dem Board, mit denselben Fenstern: {new:.1%} gegen {old:.1%}, {change}. Das alte kann mit einigen davon trainiert worden sein.</translation>
    </message>
    <message>
        <source>Big</source>
        <translation>Groß</translation>
    </message>
    <message>
        <source>Bin</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Bin ({count})</source>
        <translation>Papierkorb ({count})</translation>
    </message>
    <message>
        <source>BlueZ (bluetoothd) does not run</source>
        <translation>BlueZ (bluetoothd) läuft nicht</translation>
    </message>
    <message>
        <source>BlueZ does not run. {advice}</source>
        <translation>BlueZ läuft nicht. {advice}</translation>
    </message>
    <message>
        <source>Bluetooth cannot be used: {what}. {advice} Without any board, `motionloop virtual-board` starts one.</source>
        <translation>Bluetooth kann nicht benutzt werden: {what}. {advice} Ganz ohne Board startet `motionloop virtual-board` eines.</translation>
    </message>
    <message>
        <source>Board&apos;s self-check</source>
        <translation>Selbstprüfung</translation>
    </message>
    <message>
        <source>Bridged up to</source>
        <translation>Überbrückt bis</translation>
    </message>
    <message>
        <source>Build the firmware and upload it over USB; asks first</source>
        <translation>Firmware bauen und über USB aufspielen; fragt vorher</translation>
    </message>
    <message>
        <source>By key</source>
        <translation>Mit Tasten</translation>
    </message>
    <message>
        <source>By plan</source>
        <translation>Nach Plan</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Bytes of memory that TFLM needs</source>
        <translation>Bytes an Speicher, die TFLM braucht</translation>
    </message>
    <message>
        <source>CSV of MotionLoop</source>
        <translation>CSV von MotionLoop</translation>
    </message>
    <message>
        <source>CSV: tables for any program</source>
        <translation>CSV: Tabellen für jedes Programm</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Wird abgebrochen</translation>
    </message>
    <message>
        <source>Change it all the same</source>
        <translation>Trotzdem ändern</translation>
    </message>
    <message>
        <source>Check its power, bring it nearer, and start again</source>
        <translation>Stromversorgung prüfen, näher bringen und neu beginnen</translation>
    </message>
    <message>
        <source>Check that it is the recording that you mean</source>
        <translation>Prüfen, ob es die gemeinte Aufnahme ist</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Choose a label first: press its number, then draw.</source>
        <translation>Zuerst ein Label wählen: seine Ziffer drücken, dann zeichnen.</translation>
    </message>
    <message>
        <source>Choose a video file</source>
        <translation>Eine Videodatei wählen</translation>
    </message>
    <message>
        <source>Class list</source>
        <translation>Klassenliste</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close and lose these edits</source>
        <translation>Schließen, Änderungen verlieren</translation>
    </message>
    <message>
        <source>Close every other program that uses it, and repeat the command.</source>
        <translation>Jedes andere Programm schließen, das ihn benutzt, und den Befehl wiederholen.</translation>
    </message>
    <message>
        <source>Close the help (Esc)</source>
        <translation>Hilfe schließen (Esc)</translation>
    </message>
    <message>
        <source>Close the studio</source>
        <translation>Studio schließen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare the last ten seconds with what the model learned from</source>
        <translation>Die letzten zehn Sekunden mit dem vergleichen, woraus das Modell gelernt hat</translation>
    </message>
    <message>
        <source>Comparing the last seconds with the training</source>
        <translation>Die letzten Sekunden werden mit dem Training verglichen</translation>
    </message>
    <message>
        <source>Confusion matrix. {listed}</source>
        <translation>Verwechslungstafel. {listed}</translation>
    </message>
    <message>
        <source>Confusion on the held-out windows</source>
        <translation>Verwechslungen bei den zurückgehaltenen Fenstern</translation>
    </message>
    <message>
        <source>Connect</source>
        <comment>page</comment>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Connect a board</source>
        <translation>Board verbinden</translation>
    </message>
    <message>
        <source>Connect a board first; then its motion shows here and can be recorded.</source>
        <translation>Zuerst ein Board verbinden; dann ist seine Bewegung hier zu sehen und kann aufgenommen werden.</translation>
    </message>
    <message>
        <source>Connect a board; then what it recognises shows here as it happens.</source>
        <translation>Ein Board verbinden; dann ist hier zu sehen, was es gerade erkennt.</translation>
    </message>
    <message>
        <source>Connect all</source>
        <translation>Alle verbinden</translation>
    </message>
    <message>
        <source>Connect all boards that were found</source>
        <translation>Alle gefundenen Boards verbinden</translation>
    </message>
    <message>
        <source>Convert a network without branches and loops.</source>
        <translation>Ein Netz ohne Verzweigungen und Schleifen umwandeln.</translation>
    </message>
    <message>
        <source>Convert the model to full int8, with fixed shapes of at most 4 dimensions.</source>
        <translation>Das Modell ganz in int8 umwandeln, mit festen Formen von höchstens 4 Dimensionen.</translation>
    </message>
    <message>
        <source>Convert the model with its weights inside the file.</source>
        <translation>Das Modell mit den Gewichten in der Datei umwandeln.</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy the hash of what a training sees: same data, same hash</source>
        <translation>Den Hash dessen kopieren, was ein Training sieht: gleiche Daten, gleicher Hash</translation>
    </message>
    <message>
        <source>Copy {backup} over {file} to go back to the version before; only the last change to its labels may be missing there.</source>
        <translation>{backup} über {file} kopieren, um zur Version davor zurückzugehen; nur die letzte Änderung der Labels kann dort fehlen.</translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>Korrekturen</translation>
    </message>
    <message>
        <source>Corrections ({count})</source>
        <translation>Korrekturen ({count})</translation>
    </message>
    <message>
        <source>Ctrl+Z in the list</source>
        <translation>Strg+Z in der Liste</translation>
    </message>
    <message>
        <source>Cut windows</source>
        <translation>Fenster schneiden</translation>
    </message>
    <message>
        <source>D-Bus does not let this user reach BlueZ</source>
        <translation>D-Bus lässt diesen Benutzer nicht an BlueZ</translation>
    </message>
    <message>
        <source>Data</source>
        <comment>page</comment>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Did you mean {name!r}?</source>
        <translation>War {name!r} gemeint?</translation>
    </message>
    <message>
        <source>Did you mean {name}?</source>
        <translation>War {name} gemeint?</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Distance {distance:.2f}, beyond the limit of 1.</source>
        <translation>Abstand {distance:.2f}, über der Grenze von 1.</translation>
    </message>
    <message>
        <source>Distance {distance:.2f}, within the limit of 1.</source>
        <translation>Abstand {distance:.2f}, innerhalb der Grenze von 1.</translation>
    </message>
    <message>
        <source>Done: the board was left as it is.</source>
        <translation>Fertig: Das Board blieb, wie es ist.</translation>
    </message>
    <message>
        <source>Down, Up</source>
        <translation>Runter, Hoch</translation>
    </message>
    <message>
        <source>Drag on the lane</source>
        <translation>Auf der Spur ziehen</translation>
    </message>
    <message>
        <source>ELAN: the labels alone</source>
        <translation>ELAN: nur die Labels</translation>
    </message>
    <message>
        <source>Each layer has {count} different weights, still written out one by one: only gzip shrinks.</source>
        <translation>Jede Schicht hat {count} verschiedene Gewichte, noch einzeln ausgeschrieben: Nur gzip schrumpft.</translation>
    </message>
    <message>
        <source>Each map becomes one value, its mean over the window. When something happened is forgotten here; how much of it happened stays.</source>
        <translation>Jede Karte wird ein Wert, ihr Mittel über das Fenster. Wann etwas geschah, ist hier vergessen; wie viel davon geschah, bleibt.</translation>
    </message>
    <message>
        <source>Each map is one kernel that slides along the window, multiplies what it sees by its weights and adds up. It is high where the motion looks like the kernel.</source>
        <translation>Jede Karte ist ein Kern, der das Fenster entlanggleitet, was er sieht mit seinen Gewichten malnimmt und zusammenzählt. Sie ist hoch, wo die Bewegung wie der Kern aussieht.</translation>
    </message>
    <message>
        <source>Each person, or else each session, is left out in turn: a model is trained on the others and tested on who was left out. The result is a report to hand in. It takes one quick training per person.</source>
        <translation>Jede Person, sonst jede Sitzung, wird einmal ausgelassen: Ein Modell wird mit den anderen trainiert und an der ausgelassenen getestet. Das Ergebnis ist ein Bericht zum Abgeben. Es dauert ein schnelles Training je Person.</translation>
    </message>
    <message>
        <source>Each point is the largest of its neighbours: fewer points, less work.</source>
        <translation>Jeder Punkt ist der größte seiner Nachbarn: weniger Punkte, weniger Arbeit.</translation>
    </message>
    <message>
        <source>Each point is the mean of its neighbours: fewer points, less work.</source>
        <translation>Jeder Punkt ist das Mittel seiner Nachbarn: weniger Punkte, weniger Arbeit.</translation>
    </message>
    <message>
        <source>Each value is a sum of all values before it, each times a weight: the evidence for one label. High evidence for one label means a sure answer.</source>
        <translation>Jeder Wert ist eine Summe aller Werte davor, jeder mal einem Gewicht: die Hinweise auf ein Label. Viele Hinweise auf ein Label heißen: eine sichere Antwort.</translation>
    </message>
    <message>
        <source>Each weight is its int8 code times the scale of its map</source>
        <translation>Jedes Gewicht ist sein int8-Code mal der Skala seiner Karte</translation>
    </message>
    <message>
        <source>Edge Impulse: an archive for its uploader</source>
        <translation>Edge Impulse: ein Archiv zum Hochladen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit {name}</source>
        <translation>{name} bearbeiten</translation>
    </message>
    <message>
        <source>Else one recording that cannot be read stops the training</source>
        <translation>Sonst hält eine unlesbare Aufnahme das Training auf</translation>
    </message>
    <message>
        <source>Else recordings with a wrong unit, without gravity or with a dead axis stop it: the page Data names them</source>
        <translation>Sonst halten Aufnahmen mit falscher Einheit, ohne Schwerkraft oder mit toter Achse es auf: Die Seite Daten nennt sie</translation>
    </message>
    <message>
        <source>End the label; the recording goes on</source>
        <translation>Label beenden; die Aufnahme geht weiter</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>Wird beendet</translation>
    </message>
    <message>
        <source>Estimated from the work, not measured</source>
        <translation>Aus der Rechenarbeit geschätzt, nicht gemessen</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Every board that was found is connected: the page Connect looks for others.</source>
        <translation>Alle gefundenen Boards sind verbunden: die Seite Verbinden sucht weitere.</translation>
    </message>
    <message>
        <source>Every window tested is a bridged one: a board, which has no holes, may do better or worse.</source>
        <translation>Jedes getestete Fenster ist ein überbrücktes: Ein Board, das keine Lücken hat, kann besser oder schlechter sein.</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>Ausschließen</translation>
    </message>
    <message>
        <source>Excluded from trainings here, and exported: {names}.</source>
        <translation>Hier von Trainings ausgeschlossen, aber exportiert: {names}.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message numerus="yes">
        <source>Exported %n file(s) to {place}.</source>
        <translation>
            <numerusform>%n Datei nach {place} exportiert.</numerusform>
            <numerusform>%n Dateien nach {place} exportiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Wird exportiert</translation>
    </message>
    <message>
        <source>Fewer channels, then trained with the rounding in sight.</source>
        <translation>Weniger Kanäle, dann mit der Rundung im Blick trainiert.</translation>
    </message>
    <message>
        <source>Files of other programs</source>
        <translation>Dateien anderer Programme</translation>
    </message>
    <message>
        <source>Find events</source>
        <translation>Ereignisse finden</translation>
    </message>
    <message>
        <source>Find recordings</source>
        <translation>Aufnahmen finden</translation>
    </message>
    <message>
        <source>Find short events with rest between them, such as gestures</source>
        <translation>Kurze Ereignisse mit Ruhe dazwischen finden, etwa Gesten</translation>
    </message>
    <message>
        <source>Find: words of any column</source>
        <translation>Finden: Wörter aus allen Spalten</translation>
    </message>
    <message>
        <source>First prediction</source>
        <translation>Erste Vorhersage</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>Passt</translation>
    </message>
    <message>
        <source>Fix it</source>
        <translation>Festlegen</translation>
    </message>
    <message>
        <source>Fix the test</source>
        <translation>Test festlegen</translation>
    </message>
    <message>
        <source>Fix who is tested, so that models can be compared</source>
        <translation>Festlegen, wer getestet wird, damit sich Modelle vergleichen lassen</translation>
    </message>
    <message>
        <source>Flash firmware</source>
        <translation>Firmware aufspielen</translation>
    </message>
    <message>
        <source>Flash the new one</source>
        <translation>Neues übertragen</translation>
    </message>
    <message>
        <source>Flashing the firmware</source>
        <translation>Firmware aufspielen</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Get ready</source>
        <translation>Bereit machen</translation>
    </message>
    <message>
        <source>Give the split a name first: words without / and \, since it becomes a file.</source>
        <translation>Zuerst einen Namen geben: Wörter ohne / und \, denn es wird eine Datei.</translation>
    </message>
    <message>
        <source>Go on to Train; corrected windows are trained with</source>
        <translation>Weiter zu Trainieren; korrigierte Fenster werden mittrainiert</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Going back</source>
        <translation>Zurückgehen</translation>
    </message>
    <message>
        <source>Going on with {name}, which was cut off {seconds} s ago. Stop ends it.</source>
        <translation>{name} geht weiter; sie brach vor {seconds} s ab. Beenden schließt sie ab.</translation>
    </message>
    <message>
        <source>Gravity points {angle:.0f} degrees away from every window of the training that moves as much.</source>
        <translation>Die Schwerkraft zeigt {angle:.0f} Grad weg von jedem Fenster des Trainings mit so viel Bewegung.</translation>
    </message>
    <message>
        <source>Gravity was removed from it, as in a phone&apos;s linear or user acceleration; a board always measures gravity, so a model of this is of no use there</source>
        <translation>Die Schwerkraft wurde daraus entfernt, wie in der linearen Beschleunigung eines Handys; ein Board misst immer Schwerkraft, ein Modell davon nützt dort also nichts</translation>
    </message>
    <message>
        <source>Gyroscope, rad/s, over seconds</source>
        <translation>Drehrate, rad/s, über Sekunden</translation>
    </message>
    <message>
        <source>Hash of the data</source>
        <translation>Hash der Daten</translation>
    </message>
    <message>
        <source>Have a second person record the same, if the model is to work for others too.</source>
        <translation>Eine zweite Person dasselbe aufnehmen lassen, wenn das Modell auch für andere gelten soll.</translation>
    </message>
    <message>
        <source>Have somebody else record them too.</source>
        <translation>Sie auch von jemand anderem aufnehmen lassen.</translation>
    </message>
    <message>
        <source>Have the board go back to the model before</source>
        <translation>Das Board zum vorigen Modell zurückkehren lassen</translation>
    </message>
    <message>
        <source>Have this board blink for 5 seconds</source>
        <translation>Dieses Board 5 Sekunden blinken lassen</translation>
    </message>
    <message>
        <source>Have udev give you Arduino&apos;s boards, then plug yours in again: {command}</source>
        <translation>udev die Boards von Arduino freigeben lassen, dann das Board neu einstecken: {command}</translation>
    </message>
    <message>
        <source>Have {person} record {labels} too: otherwise the model may distinguish people instead of activities.</source>
        <translation>Auch {person} {labels} aufnehmen lassen: Sonst unterscheidet das Modell vielleicht Personen statt Aktivitäten.</translation>
    </message>
    <message>
        <source>Held-out windows, worst first</source>
        <translation>Zurückgehaltene Fenster, die schlechtesten zuerst</translation>
    </message>
    <message>
        <source>Held: a window of {board} taken for {label}. What was it?</source>
        <translation>Festgehalten: ein Fenster von {board}, erkannt als {label}. Was war es?</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Help for {page}</source>
        <translation>Hilfe zu {page}</translation>
    </message>
    <message>
        <source>Help: {page}</source>
        <translation>Hilfe: {page}</translation>
    </message>
    <message>
        <source>Here one button makes a model of the recordings and puts it on the board. The result says how often the model was right on motion that it had not seen. Variants compares smaller forms of the model, Evaluation leaves each person out in turn, and Selection chooses what is trained on.</source>
        <translation>Hier macht ein Knopf aus den Aufnahmen ein Modell und bringt es auf das Board. Das Ergebnis sagt, wie oft das Modell bei Bewegungen recht hatte, die es nicht kannte. Varianten vergleicht kleinere Formen des Modells, Auswertung lässt jede Person einmal aus, und Auswahl wählt, womit trainiert wird.</translation>
    </message>
    <message>
        <source>Here the leaking brought nothing, so these recordings are alike or very easy.</source>
        <translation>Hier brachte das Durchsickern nichts, diese Aufnahmen sind also einander gleich oder sehr leicht.</translation>
    </message>
    <message>
        <source>Here you connect a board, over Bluetooth or a virtual one without hardware. Boards in range show up by themselves. When one is connected, go on with Record.</source>
        <translation>Hier wird ein Board verbunden, über Bluetooth oder ein virtuelles ohne Hardware. Boards in Reichweite erscheinen von selbst. Ist eines verbunden, geht es mit Aufnehmen weiter.</translation>
    </message>
    <message>
        <source>Here you correct what was recorded: draw, move, split, merge and rename the labelled stretches below the signal. Each change is saved at once and can be undone. The list above finds, edits, excludes and deletes recordings.</source>
        <translation>Hier wird korrigiert, was aufgenommen wurde: Abschnitte unter dem Signal zeichnen, verschieben, teilen, verbinden und umbenennen. Jede Änderung ist sofort gespeichert und lässt sich rückgängig machen. Die Liste oben findet, bearbeitet, schließt aus und löscht Aufnahmen.</translation>
    </message>
    <message>
        <source>Here you record motion and say what is being done: by the labels&apos; number keys, or by a plan with times. Write down who wears the board, since a model is tested on people that it has not seen. The recording goes on while you look at other pages.</source>
        <translation>Hier wird Bewegung aufgenommen und gesagt, was getan wird: mit den Zifferntasten der Labels oder nach einem Plan mit Zeiten. Bitte eintragen, wer das Board trägt, denn ein Modell wird an Personen geprüft, die es nicht kennt. Die Aufnahme geht weiter, während andere Seiten zu sehen sind.</translation>
    </message>
    <message>
        <source>Here you see all boards of a room at once, a tile per board. Record all records them into one session, and a label is for all of them. Push to all puts one model on every board, and Class list has the names of those who come next.</source>
        <translation>Hier sind alle Boards eines Raums auf einmal zu sehen, eine Kachel je Board. Alle aufnehmen nimmt sie in einer Sitzung auf, und ein Label gilt für alle. An alle übertragen bringt ein Modell auf jedes Board, und die Klassenliste hat die Namen derer, die als Nächste drankommen.</translation>
    </message>
    <message>
        <source>Here you see what the board recognises while it is worn. When it is wrong, press W and the number of the right label: that motion is kept for the next training. This computer computes the same windows and says whether both agree.</source>
        <translation>Hier ist zu sehen, was das Board erkennt, während es getragen wird. Liegt es falsch, W und die Ziffer des richtigen Labels drücken: Diese Bewegung wird für das nächste Training behalten. Dieser Computer rechnet dieselben Fenster nach und sagt, ob beide übereinstimmen.</translation>
    </message>
    <message>
        <source>Here you see whether there is enough motion for a training, of which label and whom. Problems of recordings and labels that look alike are named, and what to do next. Import and Export exchange recordings with other programs.</source>
        <translation>Hier ist zu sehen, ob es genug Bewegung für ein Training gibt, von welchem Label und von wem. Probleme von Aufnahmen, ähnliche Labels und der nächste Schritt werden genannt. Importieren und Exportieren tauschen Aufnahmen mit anderen Programmen aus.</translation>
    </message>
    <message>
        <source>Hold this window while you choose the right label</source>
        <translation>Dieses Fenster festhalten, bis das richtige Label gewählt ist</translation>
    </message>
    <message>
        <source>Home, End</source>
        <translation>Pos1, Ende</translation>
    </message>
    <message>
        <source>How it was made of the base; int8 unless it says float32</source>
        <translation>Wie sie aus der Basis gemacht wurde; int8, wenn nicht float32 dasteht</translation>
    </message>
    <message>
        <source>How much the last windows are like what the model learned of this activity. It is no probability: how often such an answer is right, `motionloop evaluate` measures.</source>
        <translation>Wie sehr die letzten Fenster dem gleichen, was das Modell von dieser Aktivität gelernt hat. Das ist keine Wahrscheinlichkeit: Wie oft eine solche Antwort stimmt, misst `motionloop evaluate`.</translation>
    </message>
    <message>
        <source>How well will it know a new person?</source>
        <translation>Wie gut erkennt es eine neue Person?</translation>
    </message>
    <message>
        <source>Identify</source>
        <translation>Blinken</translation>
    </message>
    <message>
        <source>If so: `--rename {renames}` trains on them as one label.</source>
        <translation>Wenn ja: `--rename {renames}` trainiert sie als ein Label.</translation>
    </message>
    <message>
        <source>If so: `--rename {renames}` trains on them as one label; `motionloop labels --rename {renames}` makes them one for good.</source>
        <translation>Wenn ja: `--rename {renames}` trainiert sie als ein Label; `motionloop labels --rename {renames}` macht sie für immer zu einem.</translation>
    </message>
    <message>
        <source>If so: give them one name with `motionloop edit NAME --wearer`.</source>
        <translation>Wenn ja: ihnen mit `motionloop edit NAME --wearer` einen Namen geben.</translation>
    </message>
    <message>
        <source>If so: train on one of the files, or import each with `--wearer` and one name per person.</source>
        <translation>Wenn ja: mit einer der Dateien trainieren, oder jede mit `--wearer` und einem Namen je Person importieren.</translation>
    </message>
    <message>
        <source>If that is what you did, the motion is usual and the model weak: record more of it. If you did something else, look whether these recordings have the right label.</source>
        <translation>War es das, dann ist die Bewegung gewöhnlich und das Modell schwach: mehr davon aufnehmen. War es etwas anderes, dann nachsehen, ob diese Aufnahmen das richtige Label haben.</translation>
    </message>
    <message>
        <source>If the board has just connected, wait. Else bring it nearer: where samples are missing there is no answer.</source>
        <translation>Hat sich das Board eben erst verbunden, abwarten. Sonst näher herangehen: Wo Messwerte fehlen, gibt es keine Antwort.</translation>
    </message>
    <message>
        <source>If they are the same people, they can be in training and test at once</source>
        <translation>Sind es dieselben Personen, können sie zugleich in Training und Test sein</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import what is refused, too</source>
        <translation>Auch Abgelehntes importieren</translation>
    </message>
    <message numerus="yes">
        <source>Imported %n recording(s).</source>
        <translation>
            <numerusform>%n Aufnahme importiert.</numerusform>
            <numerusform>%n Aufnahmen importiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Wird importiert</translation>
    </message>
    <message>
        <source>In spite of the checks</source>
        <translation>Trotz der Prüfungen</translation>
    </message>
    <message>
        <source>Include</source>
        <translation>Einschließen</translation>
    </message>
    <message>
        <source>Install and start BlueZ: `sudo apt install bluez &amp;&amp; sudo systemctl start bluetooth`. In a container, give it /run/dbus.</source>
        <translation>BlueZ installieren und starten: `sudo apt install bluez &amp;&amp; sudo systemctl start bluetooth`. Einem Container /run/dbus geben.</translation>
    </message>
    <message>
        <source>Is it one of these? If so, record it as you do it, and retrain. If not, add a label.</source>
        <translation>Ist es eine davon? Dann so aufnehmen, wie Sie es machen, und neu trainieren. Wenn nicht, ein Label hinzufügen.</translation>
    </message>
    <message>
        <source>Is the board where it was worn in the training, and not on the table?</source>
        <translation>Ist das Board dort, wo es im Training getragen wurde, und nicht auf dem Tisch?</translation>
    </message>
    <message>
        <source>It can only be looked at ({reason}).</source>
        <translation>Sie kann nur angesehen werden ({reason}).</translation>
    </message>
    <message>
        <source>It cannot be read ({cause}).</source>
        <translation>Nicht lesbar ({cause}).</translation>
    </message>
    <message>
        <source>It holds labels: `motionloop label --from` takes them.</source>
        <translation>Es enthält Labels: `motionloop label --from` nimmt sie.</translation>
    </message>
    <message>
        <source>It is a link to a folder: import that folder itself.</source>
        <translation>Es ist ein Verweis auf einen Ordner: den Ordner selbst importieren.</translation>
    </message>
    <message>
        <source>It is a link to nothing.</source>
        <translation>Es ist ein Verweis ins Leere.</translation>
    </message>
    <message>
        <source>It is a link to {name}, which is read.</source>
        <translation>Es ist ein Verweis auf {name}, das gelesen wird.</translation>
    </message>
    <message>
        <source>It is a link to {name}, which was read.</source>
        <translation>Es ist ein Verweis auf {name}, das gelesen wurde.</translation>
    </message>
    <message>
        <source>It is a pointer of Git LFS, and not the file itself: get that by `git lfs pull`.</source>
        <translation>Es ist ein Zeiger von Git LFS und nicht die Datei selbst: sie mit `git lfs pull` holen.</translation>
    </message>
    <message>
        <source>It is an Excel workbook: save it as CSV, or choose CSV where it was exported.</source>
        <translation>Es ist eine Excel-Mappe: als CSV speichern, oder beim Export CSV wählen.</translation>
    </message>
    <message>
        <source>It is being recorded right now: its labels can be edited here once it ends.</source>
        <translation>Sie wird gerade aufgenommen: Ihre Labels lassen sich hier bearbeiten, sobald sie endet.</translation>
    </message>
    <message>
        <source>It is blocked in software: `rfkill unblock bluetooth`.</source>
        <translation>Es ist per Software gesperrt: `rfkill unblock bluetooth`.</translation>
    </message>
    <message>
        <source>It is built on these packages, each with its own licence:</source>
        <translation>Es baut auf diesen Paketen auf, jedes mit eigener Lizenz:</translation>
    </message>
    <message>
        <source>It is of no kind that is read here.</source>
        <translation>Es ist von keiner Art, die hier gelesen wird.</translation>
    </message>
    <message>
        <source>It is too small: rad/s that were taken for degrees per second, or a gyroscope that hardly measures</source>
        <translation>Sie ist zu klein: rad/s, die für Grad pro Sekunde gehalten wurden, oder ein Gyroskop, das kaum misst</translation>
    </message>
    <message>
        <source>It is unpacked beside, which is read.</source>
        <translation>Es liegt ausgepackt daneben, das wird gelesen.</translation>
    </message>
    <message>
        <source>It knows {labels}</source>
        <translation>Es kennt {labels}</translation>
    </message>
    <message>
        <source>It was not changed.</source>
        <translation>Sie wurde nicht geändert.</translation>
    </message>
    <message>
        <source>Its samples are as they were.</source>
        <translation>Ihre Messwerte sind, wie sie waren.</translation>
    </message>
    <message>
        <source>Its scale is wrong, as when a sensor&apos;s range is not the one that it was set to</source>
        <translation>Die Skala ist falsch, wie wenn der Messbereich eines Sensors nicht der eingestellte ist</translation>
    </message>
    <message>
        <source>Its users are the group {group}: `sudo usermod -a -G {group} $USER`, then log out and in again.</source>
        <translation>Benutzen darf ihn die Gruppe {group}: `sudo usermod -a -G {group} $USER`, dann ab- und wieder anmelden.</translation>
    </message>
    <message>
        <source>Its weights, int8; orange is negative</source>
        <translation>Gewichte, int8; orange: negativ</translation>
    </message>
    <message>
        <source>Its {count} samples are there; the newest labels and gaps are not saved.</source>
        <translation>Die {count} Messwerte sind da; die neuesten Labels und Lücken sind nicht gespeichert.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Keep the old one</source>
        <translation>Altes behalten</translation>
    </message>
    <message>
        <source>Kept from the training, to test on: whole people or whole sessions.</source>
        <translation>Dem Training vorenthalten, um daran zu testen: ganze Personen oder ganze Sitzungen.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Keys are typed into the field: Esc leaves it.</source>
        <translation>Tasten schreiben in das Feld: Esc verlässt es.</translation>
    </message>
    <message>
        <source>Label</source>
        <comment>page</comment>
        <translation>Labeln</translation>
    </message>
    <message>
        <source>Label</source>
        <comment>of recordings</comment>
        <translation>Label</translation>
    </message>
    <message>
        <source>Label all recordings from now on (1 ... 9, 0 for none)</source>
        <translation>Alle Aufnahmen ab jetzt labeln (1 ... 9, 0 für keines)</translation>
    </message>
    <message>
        <source>Label {recording}: what is not labelled cannot be learnt.</source>
        <translation>Bitte {recording} labeln: Was kein Label hat, kann nicht gelernt werden.</translation>
    </message>
    <message>
        <source>Labelled {label}: right.</source>
        <translation>Label {label}: richtig.</translation>
    </message>
    <message>
        <source>Labelled {label}: wrong.</source>
        <translation>Label {label}: falsch.</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größere Schrift</translation>
    </message>
    <message>
        <source>Leave each person out in turn, train on the others, and test on that person</source>
        <translation>Jede Person einmal auslassen, mit den anderen trainieren und an ihr testen</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Leave out of trainings and evaluations</source>
        <translation>Aus Trainings und Auswertungen weglassen</translation>
    </message>
    <message>
        <source>Leave out what cannot be read</source>
        <translation>Unlesbares weglassen</translation>
    </message>
    <message>
        <source>Leave the selected recordings out of trainings, or take them in again</source>
        <translation>Die ausgewählten Aufnahmen aus Trainings weglassen oder wieder hineinnehmen</translation>
    </message>
    <message>
        <source>Left out, and its accuracy</source>
        <translation>Ausgelassen, und die Genauigkeit dabei</translation>
    </message>
    <message>
        <source>Left out, as it cannot be read: {cause}</source>
        <translation>Weggelassen, weil unlesbar: {cause}</translation>
    </message>
    <message>
        <source>Left out, as they are excluded: {names}</source>
        <translation>Weggelassen, weil ausgeschlossen: {names}</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>Links, Rechts</translation>
    </message>
    <message>
        <source>Left, Right: layer. Up, Down: map. Shift+Left, Right: moment. Page Up, Down: window. Space: play.</source>
        <translation>Links, Rechts: Schicht. Hoch, Runter: Karte. Umschalt+Links, Rechts: Moment. Bild auf, ab: Fenster. Leertaste: abspielen.</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Lets positive values pass and makes negative values zero.</source>
        <translation>Lässt positive Werte durch und macht negative zu null.</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Hell oder dunkel</translation>
    </message>
    <message>
        <source>Line {number} of the plan: </source>
        <translation>Zeile {number} des Plans: </translation>
    </message>
    <message>
        <source>Line {number} of {path} {fault}: {shown!r}. The file was changed after it was recorded: {cure}.</source>
        <translation>Zeile {number} von {path} {fault}: {shown!r}. Die Datei wurde nach der Aufnahme geändert: {cure}.</translation>
    </message>
    <message>
        <source>LiteRT cannot prepare the model ({error}). Build the package again with `motionloop train`.</source>
        <translation>LiteRT kann das Modell nicht vorbereiten ({error}). Das Paket mit `motionloop train` neu bauen.</translation>
    </message>
    <message>
        <source>Live</source>
        <comment>page</comment>
        <translation>Live</translation>
    </message>
    <message>
        <source>Live: {name}</source>
        <translation>Live: {name}</translation>
    </message>
    <message>
        <source>Log in at this computer&apos;s own screen, or `sudo usermod -a -G bluetooth $USER` and log in again.</source>
        <translation>Am eigenen Bildschirm dieses Computers anmelden, oder `sudo usermod -a -G bluetooth $USER` und neu anmelden.</translation>
    </message>
    <message>
        <source>Longest gap that windows may span</source>
        <translation>Längste Lücke, die Fenster überspannen dürfen</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu ansehen</translation>
    </message>
    <message>
        <source>Look inside</source>
        <translation>Hineinsehen</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>Sieht nach</translation>
    </message>
    <message>
        <source>Looking at the files</source>
        <translation>Die Dateien werden angesehen</translation>
    </message>
    <message>
        <source>Looking at the recordings</source>
        <translation>Die Aufnahmen werden angesehen</translation>
    </message>
    <message>
        <source>Looking for boards</source>
        <translation>Boards werden gesucht</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Make and test every variant; takes a minute or more, the board goes on</source>
        <translation>Jede Variante machen und prüfen; dauert eine Minute oder mehr, das Board läuft weiter</translation>
    </message>
    <message>
        <source>Make the board mine</source>
        <translation>Das Board zu meinem machen</translation>
    </message>
    <message>
        <source>Make the model, push nothing</source>
        <translation>Das Modell machen, nichts übertragen</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>Neu messen</translation>
    </message>
    <message>
        <source>Measure variants</source>
        <translation>Varianten messen</translation>
    </message>
    <message>
        <source>Measuring variants</source>
        <translation>Varianten messen</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Vereinen</translation>
    </message>
    <message>
        <source>Merge with the next segment</source>
        <translation>Mit dem nächsten Abschnitt verbinden</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
    <message>
        <source>Minutes per label</source>
        <translation>Minuten je Label</translation>
    </message>
    <message>
        <source>Minutes, problems and which labels look alike show here in a moment.</source>
        <translation>Minuten, Probleme und ähnliche Labels stehen gleich hier.</translation>
    </message>
    <message>
        <source>Missing samples in a recording, declared with their number and the reason. Nothing is filled in, but a training may bridge short gaps in memory (--bridge-ms).</source>
        <translation>Fehlende Messwerte in einer Aufnahme, mit Anzahl und Grund vermerkt. Nichts wird aufgefüllt, aber ein Training kann kurze Lücken im Speicher überbrücken (--bridge-ms).</translation>
    </message>
    <message>
        <source>Model before</source>
        <translation>Voriges Modell</translation>
    </message>
    <message>
        <source>Model {name}</source>
        <translation>Modell {name}</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models can be compared only on the same test. Who is ticked is tested from now on, and never trained on; the split never changes.</source>
        <translation>Modelle lassen sich nur am selben Test vergleichen. Wer angekreuzt ist, wird ab jetzt getestet und nie zum Training genommen; die Aufteilung ändert sich nie.</translation>
    </message>
    <message>
        <source>More trainings show how much a figure depends on chance</source>
        <translation>Mehr Trainings zeigen, wie weit eine Zahl vom Zufall abhängt</translation>
    </message>
    <message>
        <source>Most like it in the training: {whose}</source>
        <translation>Am ähnlichsten im Training: {whose}</translation>
    </message>
    <message>
        <source>Motion of {board}</source>
        <translation>Bewegung von {board}</translation>
    </message>
    <message>
        <source>MotionLoop</source>
        <translation>MotionLoop</translation>
    </message>
    <message>
        <source>MotionLoop {number} (firmware {firmware}, wire {wire:08x})</source>
        <translation>MotionLoop {number} (Firmware {firmware}, Wire {wire:08x})</translation>
    </message>
    <message>
        <source>Move the selected recordings into the bin (Del in the list)</source>
        <translation>Die ausgewählten Aufnahmen in den Papierkorb legen (Entf in der Liste)</translation>
    </message>
    <message>
        <source>Multiplies two layers, point by point.</source>
        <translation>Nimmt zwei Schichten Punkt für Punkt mal.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the split</source>
        <translation>Name der Aufteilung</translation>
    </message>
    <message>
        <source>Name of the split, such as exam</source>
        <translation>Name der Aufteilung, etwa Prüfung</translation>
    </message>
    <message>
        <source>Names stay as they are while a board is recorded: stop first.</source>
        <translation>Die Namen bleiben, solange ein Board aufgenommen wird: zuerst beenden.</translation>
    </message>
    <message>
        <source>Nano 33 BLE, in its bootloader</source>
        <translation>Nano 33 BLE, im Bootloader</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>Next pupils</source>
        <translation>Nächste Namen</translation>
    </message>
    <message>
        <source>No Nano 33 BLE is on USB, only {listed}. Plug in an Arduino Nano 33 BLE Sense; if it is plugged in, {double_tap}. Other boards cannot run this firmware.</source>
        <translation>An USB ist kein Nano 33 BLE, nur {listed}. Einen Arduino Nano 33 BLE Sense einstecken; ist er eingesteckt: {double_tap}. Andere Boards können diese Firmware nicht ausführen.</translation>
    </message>
    <message>
        <source>No board connected</source>
        <translation>Kein Board verbunden</translation>
    </message>
    <message>
        <source>No board is connected</source>
        <translation>Kein Board ist verbunden</translation>
    </message>
    <message>
        <source>No board is connected: connect one and try again.</source>
        <translation>Kein Board ist verbunden: eines verbinden und erneut versuchen.</translation>
    </message>
    <message>
        <source>No board is connected: connect one before recording.</source>
        <translation>Kein Board ist verbunden: vor dem Aufnehmen eines verbinden.</translation>
    </message>
    <message>
        <source>No board is connected: connect one, or press Train only</source>
        <translation>Kein Board ist verbunden: eines verbinden oder Nur Modell drücken</translation>
    </message>
    <message>
        <source>No board is on USB. Plug it in with a cable that has data lines (many charging cables have none; try another one), without a hub in between. If its green LED is on and still no port appears, {double_tap}.</source>
        <translation>An USB ist kein Board. Es mit einem Kabel mit Datenleitungen einstecken (viele Ladekabel haben keine; ein anderes versuchen), ohne Hub dazwischen. Leuchtet seine grüne LED und erscheint doch kein Anschluss: {double_tap}.</translation>
    </message>
    <message>
        <source>No board was found yet</source>
        <translation>Noch kein Board gefunden</translation>
    </message>
    <message>
        <source>No board was heard within {seconds:g} s</source>
        <translation>In {seconds:g} s war kein Board zu hören</translation>
    </message>
    <message>
        <source>No board {name!r} was heard within {seconds:g} s</source>
        <translation>In {seconds:g} s war kein Board {name!r} zu hören</translation>
    </message>
    <message>
        <source>No corrections yet</source>
        <translation>Noch keine Korrekturen</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source>No data from {name} for {seconds} s</source>
        <translation>Seit {seconds} s keine Daten von {name}</translation>
    </message>
    <message>
        <source>No data from {name} for {seconds} s: the link is lost</source>
        <translation>Seit {seconds} s keine Daten von {name}: Die Verbindung ist verloren</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>Kein Label</translation>
    </message>
    <message>
        <source>No labelled stretch of {recordings} recordings lasts the {window_s:.2f} s of a window without a missing sample: the longest has {longest_s:.2f} s. Label longer stretches; where samples are lost, record again nearer to the board, or choose a shorter window{option}.</source>
        <translation>Keine Strecke mit Label in {recordings} Aufnahmen dauert ohne fehlenden Messwert die {window_s:.2f} s eines Fensters: die längste hat {longest_s:.2f} s. Längere Strecken labeln; wo Messwerte verloren gehen, näher am Board neu aufnehmen oder ein kürzeres Fenster wählen{option}.</translation>
    </message>
    <message>
        <source>No metrics.json beside this model says what it was trained on: whether it has seen these recordings is not known.</source>
        <translation>Neben diesem Modell sagt keine metrics.json, womit es trainiert wurde: Ob es diese Aufnahmen gesehen hat, ist unbekannt.</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>No model answers rightly from such samples: check the board&apos;s sensor and firmware, or the recording that it replays.</source>
        <translation>Aus solchen Messwerten antwortet kein Modell richtig: Sensor und Firmware des Boards prüfen, oder die Aufnahme, die es abspielt.</translation>
    </message>
    <message>
        <source>No model is on the board.</source>
        <translation>Auf dem Board ist kein Modell.</translation>
    </message>
    <message>
        <source>No model is on {boards} yet</source>
        <translation>Auf {boards} ist noch kein Modell</translation>
    </message>
    <message>
        <source>No model package at {file} ({cause}). Train one with `motionloop train`, or give the folder of a trained model.</source>
        <translation>Kein Modellpaket bei {file} ({cause}). Eines mit `motionloop train` trainieren oder den Ordner eines trainierten Modells angeben.</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>No recording has {key}={value}; there are: {values}.</source>
        <translation>Keine Aufnahme hat {key}={value}; es gibt: {values}.</translation>
    </message>
    <message>
        <source>No recording is selected: click on one first.</source>
        <translation>Keine Aufnahme ist gewählt: zuerst eine anklicken.</translation>
    </message>
    <message>
        <source>No recording is shown.</source>
        <translation>Es wird keine Aufnahme gezeigt.</translation>
    </message>
    <message>
        <source>No recording is worn by {wearer!r}; there are recordings of {people}. Give one of these names, or record with --wearer.</source>
        <translation>Keine Aufnahme ist von {wearer!r}; es gibt Aufnahmen von {people}. Einen dieser Namen angeben oder mit --wearer aufnehmen.</translation>
    </message>
    <message>
        <source>No recording is {conditions}: each of the conditions is met by some, but all of them by none. Leave one of them out.</source>
        <translation>Keine Aufnahme ist {conditions}: Jede Bedingung trifft auf einige zu, alle zugleich auf keine. Eine davon weglassen.</translation>
    </message>
    <message>
        <source>No recordings yet</source>
        <translation>Noch keine Aufnahmen</translation>
    </message>
    <message>
        <source>No segment is open in {folder}: begin one first.</source>
        <translation>In {folder} ist kein Abschnitt offen: zuerst einen beginnen.</translation>
    </message>
    <message>
        <source>No segment is selected: click on one first.</source>
        <translation>Kein Abschnitt ist gewählt: zuerst einen anklicken.</translation>
    </message>
    <message>
        <source>No segment was begun in {folder}: {error}. Choose another label.</source>
        <translation>In {folder} wurde kein Abschnitt begonnen: {error}. Ein anderes Label wählen.</translation>
    </message>
    <message>
        <source>No study was made.</source>
        <translation>Es wurde keine Studie angelegt.</translation>
    </message>
    <message>
        <source>No two labels look alike.</source>
        <translation>Keine zwei Labels sehen ähnlich aus.</translation>
    </message>
    <message>
        <source>No variant is selected: click on one first.</source>
        <translation>Keine Variante ist gewählt: zuerst eine anklicken.</translation>
    </message>
    <message>
        <source>No video was chosen.</source>
        <translation>Kein Video ist gewählt.</translation>
    </message>
    <message>
        <source>No weights here: nothing was learned.</source>
        <translation>Keine Gewichte hier: Nichts wurde gelernt.</translation>
    </message>
    <message>
        <source>No window for training is left of {listed}: {describe}. Record more of it, leave the label out, or hold out others.</source>
        <translation>Von {listed} bleibt kein Fenster zum Trainieren: {describe}. Mehr davon aufnehmen, das Label weglassen oder andere zurückhalten.</translation>
    </message>
    <message>
        <source>No window is long enough to compare the two models on.</source>
        <translation>Kein Fenster ist lang genug, um die zwei Modelle zu vergleichen.</translation>
    </message>
    <message>
        <source>Nobody is named as the wearer of {unnamed}: somebody of the test may be in the training. Name the wearer with `motionloop edit NAME --wearer`, leave them out with `--where`, or split by session.</source>
        <translation>Für {unnamed} ist keine Person genannt: Jemand aus dem Test kann im Training sein. Die Person mit `motionloop edit NAME --wearer` nennen, sie mit `--where` weglassen oder nach Sitzungen teilen.</translation>
    </message>
    <message>
        <source>Not better: the new model gets {new:.1%} of {windows} held-out windows right, the one on the board {old:.1%}. Keep the old one?</source>
        <translation>Nicht besser: Das neue Modell erkennt {new:.1%} von {windows} zurückgehaltenen Fenstern richtig, das auf dem Board {old:.1%}. Das alte behalten?</translation>
    </message>
    <message>
        <source>Not ticked: {labels}.</source>
        <translation>Nicht angehakt: {labels}.</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Nothing in it is labelled.</source>
        <translation>Nichts darin hat ein Label.</translation>
    </message>
    <message>
        <source>Nothing in these recordings is labelled, and Edge Impulse&apos;s files are of one label each: label them first.</source>
        <translation>In diesen Aufnahmen hat nichts ein Label, und jede Datei von Edge Impulse hat genau eines: zuerst labeln.</translation>
    </message>
    <message>
        <source>Nothing is labelled in {recordings} recordings: nothing to train on. Label what you recorded with `motionloop label`, or record with `motionloop record --label NAME`.</source>
        <translation>In {recordings} Aufnahmen hat nichts ein Label: nichts zum Trainieren. Das Aufgenommene mit `motionloop label` labeln oder mit `motionloop record --label NAME` aufnehmen.</translation>
    </message>
    <message>
        <source>Nothing is left of the test of the split {name!r}: these recordings have no window of {held_out}.</source>
        <translation>Vom Test der Aufteilung {name!r} bleibt nichts: Diese Aufnahmen haben kein Fenster von {held_out}.</translation>
    </message>
    <message>
        <source>Nothing is missing: train.</source>
        <translation>Nichts fehlt: trainieren.</translation>
    </message>
    <message>
        <source>Nothing of {board} was recognised yet.</source>
        <translation>Von {board} wurde noch nichts erkannt.</translation>
    </message>
    <message>
        <source>Nothing that can be read.</source>
        <translation>Nichts Lesbares.</translation>
    </message>
    <message>
        <source>Nothing was begun.</source>
        <translation>Nichts wurde begonnen.</translation>
    </message>
    <message>
        <source>Nothing was changed here.</source>
        <translation>Hier wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Nothing was found that can be imported.</source>
        <translation>Es wurde nichts gefunden, das importiert werden kann.</translation>
    </message>
    <message>
        <source>Nothing was labelled: {error}. Choose another label.</source>
        <translation>Nichts bekam ein Label: {error}. Ein anderes Label wählen.</translation>
    </message>
    <message>
        <source>Nothing was recognised yet. Wait for the first window.</source>
        <translation>Noch wurde nichts erkannt. Das erste Fenster abwarten.</translation>
    </message>
    <message>
        <source>Nothing was recorded yet.</source>
        <translation>Noch wurde nichts aufgenommen.</translation>
    </message>
    <message>
        <source>Nothing was renamed: {recording} is being recorded right now, with the label {label!r}. Stop that recording first.</source>
        <translation>Nichts wurde umbenannt: {recording} wird gerade aufgenommen, mit dem Label {label!r}. Zuerst jene Aufnahme beenden.</translation>
    </message>
    <message>
        <source>Nothing was undone here.</source>
        <translation>Hier wurde nichts zurückgenommen.</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>Nothing with windows is called {unknown}. There are {listed}.</source>
        <translation>Nichts mit Fenstern heißt {unknown}. Es gibt {listed}.</translation>
    </message>
    <message>
        <source>NumPy archive (.npz)</source>
        <translation>NumPy-Archiv (.npz)</translation>
    </message>
    <message>
        <source>Of the held-out windows</source>
        <translation>Von den zurückgehaltenen Fenstern</translation>
    </message>
    <message>
        <source>Of the test of the split {split!r} these are left out: {names}. Its figures compare only with those of models that were tested without them, too.</source>
        <translation>Vom Test der Aufteilung {split!r} sind weggelassen: {names}. Die Zahlen lassen sich nur mit denen von Modellen vergleichen, die auch ohne diese getestet wurden.</translation>
    </message>
    <message>
        <source>Of the windows tested, {bridged:.1%} of the bridged ones and {whole:.1%} of the whole ones are right.</source>
        <translation>Von den getesteten Fenstern sind {bridged:.1%} der überbrückten und {whole:.1%} der ganzen richtig.</translation>
    </message>
    <message>
        <source>Of {part} of the split {split!r} these are not among the recordings: {names}.</source>
        <translation>In der Aufteilung {split!r} ({part}), aber nicht unter den Aufnahmen: {names}.</translation>
    </message>
    <message>
        <source>On all {total} recordings.</source>
        <translation>Mit allen {total} Aufnahmen.</translation>
    </message>
    <message>
        <source>On the one recording.</source>
        <translation>Mit der einen Aufnahme.</translation>
    </message>
    <message>
        <source>On the wrist there is no such neighbour: every window is new. Only the figure by {unit} answers the question that matters, how it does on a new {unit}.</source>
        <translation>Am Handgelenk gibt es keinen solchen Nachbarn: Jedes Fenster ist neu. Nur die Zahl nach {unit} beantwortet die Frage, auf die es ankommt: wie gut es bei einer neuen {unit} ist.</translation>
    </message>
    <message>
        <source>On {board}. It says: {label}</source>
        <translation>Auf {board}. Es sagt: {label}</translation>
    </message>
    <message>
        <source>On {used} of {total}.</source>
        <translation>Mit {used} von {total}.</translation>
    </message>
    <message>
        <source>One activity was probably written in several ways, and becomes several classes</source>
        <translation>Eine Aktivität wurde wohl verschieden geschrieben und wird zu mehreren Klassen</translation>
    </message>
    <message>
        <source>One name per line</source>
        <translation>Ein Name je Zeile</translation>
    </message>
    <message>
        <source>One name per line. Next pupil goes through them from the first one on; pseudonyms do as well.</source>
        <translation>Ein Name je Zeile. Nächste Namen geht sie vom ersten an durch; Pseudonyme gehen auch.</translation>
    </message>
    <message>
        <source>One person was probably written in several ways, and can be in training and test at once</source>
        <translation>Eine Person wurde wohl verschieden geschrieben und kann zugleich in Training und Test sein</translation>
    </message>
    <message>
        <source>One recording was changed.</source>
        <translation>Eine Aufnahme wurde geändert.</translation>
    </message>
    <message>
        <source>One recording was moved into the bin.</source>
        <translation>Eine Aufnahme liegt jetzt im Papierkorb.</translation>
    </message>
    <message>
        <source>One step per line: a label and seconds; - is a pause. A line repeat 3 does all before it three times.</source>
        <translation>Ein Schritt je Zeile: ein Label und Sekunden; - ist eine Pause. Eine Zeile repeat 3 macht alles davor dreimal.</translation>
    </message>
    <message>
        <source>One zip of the recordings as they are</source>
        <translation>Ein Zip der Aufnahmen, wie sie sind</translation>
    </message>
    <message>
        <source>Only the last {seconds:.1f} s are here without a missing sample.</source>
        <translation>Nur die letzten {seconds:.1f} s sind ohne fehlenden Messwert da.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a plan</source>
        <translation>Plan öffnen</translation>
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
        <source>Optimistic: tested on the end of the sessions trained on, since nothing else was recorded. Expect less in use; record each label in a second session.</source>
        <translation>Zu gut: getestet am Ende der Sitzungen, mit denen trainiert wurde, weil nichts anderes aufgenommen ist. Im Gebrauch weniger erwarten; jedes Label in einer zweiten Sitzung aufnehmen.</translation>
    </message>
    <message>
        <source>Package {package:,} bytes: the network (.tflite, {tflite:,}), labels, scales and the windows that a board checks itself with. Arena {arena}, {kmac:g} kMAC.</source>
        <translation>Paket {package:,} Bytes: das Netz (.tflite, {tflite:,}), Labels, Skalen und die Fenster, mit denen sich ein Board selbst prüft. Arena {arena}, {kmac:g} kMAC.</translation>
    </message>
    <message>
        <source>Page Up, Page Down</source>
        <translation>Bild auf, Bild ab</translation>
    </message>
    <message>
        <source>Parquet: tables for data science</source>
        <translation>Parquet: Tabellen für Datenanalyse</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>People tested</source>
        <translation>Geprüfte Personen</translation>
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
        <source>Placement</source>
        <translation>Trageort</translation>
    </message>
    <message>
        <source>Plans (*.txt)</source>
        <translation>Pläne (*.txt)</translation>
    </message>
    <message>
        <source>PlatformIO could not fetch its toolchain or a library; only the first build needs the internet. Connect this computer, check a proxy or the free disk space, and repeat the command: what was fetched is kept.</source>
        <translation>PlatformIO konnte seine Werkzeuge oder eine Bibliothek nicht holen; nur der erste Bau braucht das Internet. Diesen Computer verbinden, einen Proxy oder den freien Platz prüfen und den Befehl wiederholen: Was geholt wurde, bleibt.</translation>
    </message>
    <message>
        <source>PlatformIO failed in a way that is not known here; its last lines are below. For the whole output repeat the command with -vv.</source>
        <translation>PlatformIO scheiterte auf eine hier unbekannte Weise; seine letzten Zeilen stehen unten. Für die ganze Ausgabe den Befehl mit -vv wiederholen.</translation>
    </message>
    <message>
        <source>PlatformIO, which compiles and uploads the firmware, is not installed: `{command}`</source>
        <translation>PlatformIO, das die Firmware übersetzt und aufspielt, ist nicht installiert: `{command}`</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Plug in a USB adapter for Bluetooth 4.0 or later.</source>
        <translation>Einen USB-Adapter für Bluetooth 4.0 oder neuer einstecken.</translation>
    </message>
    <message>
        <source>Press R to record, or a label&apos;s number.</source>
        <translation>R nimmt auf, oder die Ziffer eines Labels.</translation>
    </message>
    <message>
        <source>Press a label&apos;s number.</source>
        <translation>Die Ziffer eines Labels drücken.</translation>
    </message>
    <message>
        <source>Pupil</source>
        <translation>Schüler/in</translation>
    </message>
    <message>
        <source>Pupil of {board}</source>
        <translation>Schüler/in mit {board}</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Übertragen</translation>
    </message>
    <message>
        <source>Push the built-in model</source>
        <translation>Eingebautes Modell übertragen</translation>
    </message>
    <message>
        <source>Push this model to the board</source>
        <translation>Dieses Modell auf das Board übertragen</translation>
    </message>
    <message>
        <source>Push this one</source>
        <translation>Diese übertragen</translation>
    </message>
    <message>
        <source>Push to all</source>
        <translation>An alle übertragen</translation>
    </message>
    <message>
        <source>Pushing</source>
        <translation>Übertragen</translation>
    </message>
    <message>
        <source>Pushing to all boards</source>
        <translation>An alle Boards übertragen</translation>
    </message>
    <message>
        <source>Put this model on all boards</source>
        <translation>Dieses Modell auf alle Boards bringen</translation>
    </message>
    <message>
        <source>Put this variant on the board</source>
        <translation>Diese Variante auf das Board bringen</translation>
    </message>
    <message>
        <source>Puts the maps of its sources side by side; nothing is computed.</source>
        <translation>Legt die Karten ihrer Quellen nebeneinander; nichts wird gerechnet.</translation>
    </message>
    <message>
        <source>Puts the same values into another shape, for example all in one row.</source>
        <translation>Bringt dieselben Werte in eine andere Form, zum Beispiel alle in eine Reihe.</translation>
    </message>
    <message>
        <source>Quantize</source>
        <translation>Quantisieren</translation>
    </message>
    <message>
        <source>Quantized, pruned, clustered and their combinations, all from the same base with the same training, compared by size, accuracy, memory and work.</source>
        <translation>Quantisiert, ausgedünnt, gruppiert und gemischt, alle aus derselben Basis mit demselben Training, verglichen nach Größe, Genauigkeit, Speicher und Rechenarbeit.</translation>
    </message>
    <message>
        <source>Quantized, pruned, clustered: a minute or more, while the board runs the new model</source>
        <translation>Quantisiert, ausgedünnt, gruppiert: eine Minute oder mehr, während das Board das neue Modell nutzt</translation>
    </message>
    <message>
        <source>Quick, for a first try</source>
        <translation>Schnell, zum Ausprobieren</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>ReLU follows: negative becomes zero, so zero means not found.</source>
        <translation>ReLU folgt: Negatives wird null, null heißt also nicht gefunden.</translation>
    </message>
    <message>
        <source>Reading all of it for the first time; it can be labelled in a moment.</source>
        <translation>Zum ersten Mal ganz gelesen; gleich kann sie gelabelt werden.</translation>
    </message>
    <message>
        <source>Reading the recordings</source>
        <translation>Die Aufnahmen werden gelesen</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Record</source>
        <comment>page</comment>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Record a few activities, then retrain and flash: half a minute of each is enough to begin with. Or try the model that comes with this program.</source>
        <translation>Einige Aktivitäten aufnehmen, dann das Training starten: Je eine halbe Minute reicht für den Anfang. Oder das Modell probieren, das dieses Programm mitbringt.</translation>
    </message>
    <message>
        <source>Record a second activity: a model that knows only {label} has nothing to distinguish.</source>
        <translation>Eine zweite Aktivität aufnehmen: Ein Modell, das nur {label} kennt, hat nichts zu unterscheiden.</translation>
    </message>
    <message>
        <source>Record again with a second of rest around each event, or label them by hand</source>
        <translation>Neu aufnehmen mit einer Sekunde Ruhe um jedes Ereignis, oder von Hand labeln</translation>
    </message>
    <message>
        <source>Record again with all six axes, or leave these recordings out.</source>
        <translation>Mit allen sechs Achsen neu aufnehmen oder diese Aufnahmen weglassen.</translation>
    </message>
    <message>
        <source>Record all</source>
        <translation>Alle aufnehmen</translation>
    </message>
    <message>
        <source>Record at least two activities, half a minute of each, in two sessions if you can. Then press Retrain and flash.</source>
        <translation>Mindestens zwei Aktivitäten aufnehmen, je eine halbe Minute, möglichst in zwei Sitzungen. Dann Training starten drücken.</translation>
    </message>
    <message>
        <source>Record at the sensor&apos;s own rate, about {share:.0%} of this rate.</source>
        <translation>Mit der eigenen Rate des Sensors aufnehmen, etwa {share:.0%} dieser Rate.</translation>
    </message>
    <message>
        <source>Record more of both, in several ways, {first} and {second}, or press That was wrong and the right label.</source>
        <translation>Mehr von beiden aufnehmen, auf mehrere Arten, {first} und {second}, oder Das war falsch und das richtige Label drücken.</translation>
    </message>
    <message>
        <source>Record more of {label}: there is {times:.0f} times as much {other}.</source>
        <translation>Mehr {label} aufnehmen: Von {other} gibt es {times:.0f}-mal so viel.</translation>
    </message>
    <message>
        <source>Record some motion first; then it can be labelled here.</source>
        <translation>Zuerst Bewegung aufnehmen; dann kann sie hier gelabelt werden.</translation>
    </message>
    <message>
        <source>Record the activity as you do it, and retrain; or move more gently.</source>
        <translation>Die Aktivität so aufnehmen, wie Sie sie machen, und neu trainieren; oder sich sanfter bewegen.</translation>
    </message>
    <message>
        <source>Record the same gesture several times, with a second of rest around each</source>
        <translation>Dieselbe Geste mehrmals aufnehmen, mit einer Sekunde Ruhe um jede</translation>
    </message>
    <message>
        <source>Record two activities, half a minute of each, to begin with.</source>
        <translation>Für den Anfang zwei Aktivitäten aufnehmen, je eine halbe Minute.</translation>
    </message>
    <message>
        <source>Record with a larger range, or wear the board where it is shaken less. A board with another range will see other peaks.</source>
        <translation>Mit größerem Messbereich aufnehmen oder das Board dort tragen, wo es weniger geschüttelt wird. Ein Board mit anderem Messbereich sieht andere Spitzen.</translation>
    </message>
    <message>
        <source>Record your own activities, and press Retrain: then the model knows you.</source>
        <translation>Eigene Aktivitäten aufnehmen und neu trainieren: Dann kennt Sie das Modell.</translation>
    </message>
    <message>
        <source>Record {labels} in a second session: take the board off and put it on again first. Then one session can be held out and the accuracy is honest.</source>
        <translation>Bitte {labels} in einer zweiten Sitzung aufnehmen: vorher das Board ab- und wieder anlegen. Dann kann eine Sitzung zurückgehalten werden, und die Genauigkeit ist ehrlich.</translation>
    </message>
    <message>
        <source>Record {label} and {other} again, each in several ways: {share:.0%} of {label} looks more like {other}.</source>
        <translation>Bitte {label} und {other} noch einmal aufnehmen, je auf mehrere Arten: {share:.0%} von {label} gleichen eher {other}.</translation>
    </message>
    <message>
        <source>Record {more} s more of {label}: a label needs {least:.0f} s before a model can be trained.</source>
        <translation>{more} s mehr {label} aufnehmen: Ein Label braucht {least:.0f} s, bevor ein Modell trainiert werden kann.</translation>
    </message>
    <message>
        <source>Record {seconds:.0f} s at least, rest and events in turn</source>
        <translation>Mindestens {seconds:.0f} s aufnehmen, Ruhe und Ereignisse im Wechsel</translation>
    </message>
    <message>
        <source>Record {wearer}, half a minute of each label, and train for {wearer} on the page Train.</source>
        <translation>{wearer} aufnehmen, eine halbe Minute je Label, und auf der Seite Trainieren für {wearer} trainieren.</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Recording {name}</source>
        <translation>Aufnahme {name}</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Recordings for other programs</source>
        <translation>Aufnahmen für andere Programme</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>Remove the copies.</source>
        <translation>Die Kopien entfernen.</translation>
    </message>
    <message>
        <source>Remove the label there (`motionloop label RECORDING --clear START END`), or record again.</source>
        <translation>Das Label dort entfernen (`motionloop label RECORDING --clear START END`) oder neu aufnehmen.</translation>
    </message>
    <message>
        <source>Remove them, as MotionLoop&apos;s training does.</source>
        <translation>Sie entfernen, wie es das Training von MotionLoop tut.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename {label}</source>
        <translation>{label} umbenennen</translation>
    </message>
    <message>
        <source>Rename {label} in all recordings, or join it with another label</source>
        <translation>{label} in allen Aufnahmen umbenennen oder mit einem anderen Label zusammenfassen</translation>
    </message>
    <message>
        <source>Replace files that are there</source>
        <translation>Vorhandene Dateien ersetzen</translation>
    </message>
    <message>
        <source>Restore all</source>
        <translation>Alle wiederherstellen</translation>
    </message>
    <message>
        <source>Restore {name}</source>
        <translation>{name} wiederherstellen</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Retrain</source>
        <translation>Neu trainieren</translation>
    </message>
    <message>
        <source>Retrain and flash</source>
        <translation>Training starten</translation>
    </message>
    <message>
        <source>Retraining</source>
        <translation>Neu trainieren</translation>
    </message>
    <message>
        <source>Room</source>
        <comment>page</comment>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Rotation in</source>
        <translation>Drehung in</translation>
    </message>
    <message>
        <source>Rounded after training: a quarter of the bytes a weight, but the description of layers and scales does not shrink, so a small file stays above a quarter.</source>
        <translation>Nach dem Training gerundet: ein Viertel der Bytes je Gewicht, aber die Beschreibung der Schichten und Skalen schrumpft nicht, eine kleine Datei bleibt also über einem Viertel.</translation>
    </message>
    <message>
        <source>Sample {first} at {time_us} us has a number or a time that no recording can hold, and was not taken into {folder}. Restart the board: its clock is wrong.</source>
        <translation>Messwert {first} bei {time_us} us hat eine Nummer oder Zeit, die keine Aufnahme fassen kann, und kam nicht in {folder}. Das Board neu starten: Seine Uhr geht falsch.</translation>
    </message>
    <message>
        <source>Samples per second</source>
        <translation>Messwerte je Sekunde</translation>
    </message>
    <message>
        <source>Samples {first} to {last} from {time_us} us do not follow sample {last_seq} at {last_us} us in {folder}, and were not taken. If the board restarted, connect to it again.</source>
        <translation>Die Messwerte {first} bis {last} ab {time_us} us folgen nicht auf Messwert {last_seq} bei {last_us} us in {folder} und wurden nicht übernommen. Hat das Board neu gestartet, neu verbinden.</translation>
    </message>
    <message>
        <source>Save</source>
        <comment>a stage of the job</comment>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Das Bild speichern</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>Plan speichern</translation>
    </message>
    <message>
        <source>Save what is shown, with all layers, as a PNG</source>
        <translation>Was zu sehen ist, mit allen Schichten als PNG speichern</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>Gespeichert als {path}.</translation>
    </message>
    <message>
        <source>Saved {time}</source>
        <translation>Gespeichert: {time}</translation>
    </message>
    <message>
        <source>Says nothing about other people: tested on new sessions of known ones.</source>
        <translation>Sagt nichts über andere Personen: getestet mit neuen Sitzungen bekannter.</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>Scanning</source>
        <translation>Sucht</translation>
    </message>
    <message>
        <source>See all of it</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>See the recording on the page Label</source>
        <translation>Die Aufnahme auf der Seite Labeln ansehen</translation>
    </message>
    <message>
        <source>See this recording on the page Label</source>
        <translation>Diese Aufnahme auf der Seite Labeln ansehen</translation>
    </message>
    <message>
        <source>See to this first.</source>
        <translation>Zuerst darum kümmern.</translation>
    </message>
    <message>
        <source>See what each layer makes of the held-out windows, the worst first</source>
        <translation>Sehen, was jede Schicht aus den zurückgehaltenen Fenstern macht, die schlechtesten zuerst</translation>
    </message>
    <message>
        <source>See what each layer of the model makes of the present window</source>
        <translation>Sehen, was jede Schicht des Modells aus dem jetzigen Fenster macht</translation>
    </message>
    <message>
        <source>See what each layer of the model makes of this place</source>
        <translation>Sehen, was jede Schicht des Modells aus dieser Stelle macht</translation>
    </message>
    <message>
        <source>See what the board recognises with its new model</source>
        <translation>Sehen, was das Board mit seinem neuen Modell erkennt</translation>
    </message>
    <message>
        <source>Select a segment that another one follows, then merge.</source>
        <translation>Einen Abschnitt auswählen, dem ein anderer folgt, dann verbinden.</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Shift+Left, Right</source>
        <translation>Umschalt+Links, Rechts</translation>
    </message>
    <message>
        <source>Shift+drag</source>
        <translation>Umschalt+Ziehen</translation>
    </message>
    <message>
        <source>Shift+drag marks a stretch, a drag on the lane draws</source>
        <translation>Umschalt+Ziehen markiert einen Bereich, Ziehen auf der Spur zeichnet</translation>
    </message>
    <message>
        <source>Short gaps</source>
        <translation>Kurze Lücken</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
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
        <source>Smaller text</source>
        <translation>Kleinere Schrift</translation>
    </message>
    <message>
        <source>Some samples of that window did not arrive from {board}, so it was not kept. Press the key again at the next window that is wrong.</source>
        <translation>Einige Messwerte dieses Fensters kamen von {board} nicht an, darum wurde es nicht behalten. Die Taste beim nächsten falschen Fenster erneut drücken.</translation>
    </message>
    <message>
        <source>Something unexpected went wrong ({kind}: {error}). What was recorded is safe; try again, and please report it if it happens again.</source>
        <translation>Etwas Unerwartetes ging schief ({kind}: {error}). Was aufgenommen wurde, ist sicher; erneut versuchen und es bitte melden, wenn es wieder geschieht.</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Split {name!r} by {by}, fixed on {day}: tested on {held_out}.</source>
        <translation>Aufteilung {name!r} nach {by}, festgelegt am {day}: getestet mit {held_out}.</translation>
    </message>
    <message>
        <source>Split {name!r} by {by}: tested on {held_out}.</source>
        <translation>Aufteilung {name!r} nach {by}: getestet mit {held_out}.</translation>
    </message>
    <message>
        <source>Start a board without hardware and connect to it</source>
        <translation>Ein Board ohne Hardware starten und verbinden</translation>
    </message>
    <message>
        <source>Start a virtual board</source>
        <translation>Virtuelles Board starten</translation>
    </message>
    <message>
        <source>Start again.</source>
        <translation>Bitte neu beginnen.</translation>
    </message>
    <message>
        <source>Start it: `sudo systemctl start bluetooth` (after `sudo apt install bluez`).</source>
        <translation>Starten: `sudo systemctl start bluetooth` (nach `sudo apt install bluez`).</translation>
    </message>
    <message>
        <source>Start the trainer</source>
        <translation>Trainer starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation>Alle beenden</translation>
    </message>
    <message>
        <source>Stop and leave everything as it was</source>
        <translation>Aufhören und alles lassen, wie es war</translation>
    </message>
    <message>
        <source>Stopped {seconds} s after the last data from {name}.</source>
        <translation>{seconds} s nach den letzten Daten von {name} beendet.</translation>
    </message>
    <message>
        <source>Stopped {seconds} s after the last data from {name}: the link was lost.</source>
        <translation>{seconds} s nach den letzten Daten von {name} beendet: Die Verbindung war verloren.</translation>
    </message>
    <message>
        <source>Switch Bluetooth on in the system&apos;s settings, and allow it to this program.</source>
        <translation>Bluetooth in den Einstellungen des Systems einschalten und diesem Programm erlauben.</translation>
    </message>
    <message>
        <source>Switch it on with `bluetoothctl power on`. If that says that it is not allowed: {advice}</source>
        <translation>Mit `bluetoothctl power on` einschalten. Sagt das, es sei nicht erlaubt: {advice}</translation>
    </message>
    <message>
        <source>Switch the boards on, then look for them on the page Connect.</source>
        <translation>Die Boards einschalten, dann auf der Seite Verbinden nach ihnen suchen.</translation>
    </message>
    <message>
        <source>Switch your board on and keep it near. No board at hand? A virtual one runs the same firmware with a synthetic wearer.</source>
        <translation>Das Board einschalten und in der Nähe behalten. Kein Board zur Hand? Ein virtuelles hat dieselbe Firmware und eine künstliche Person.</translation>
    </message>
    <message>
        <source>Synthetic motion: computed, not measured on a person.</source>
        <translation>Künstliche Bewegung: berechnet, nicht an einer Person gemessen.</translation>
    </message>
    <message>
        <source>TFLite Micro cannot prepare the model ({reason}). Build the package again with `motionloop train`.</source>
        <translation>TFLite Micro kann das Modell nicht vorbereiten ({reason}). Das Paket mit `motionloop train` neu bauen.</translation>
    </message>
    <message>
        <source>TFLite Micro gives other outputs for the stripped model than for the full one. Report this with both files; nothing was pushed.</source>
        <translation>TFLite Micro gibt für das verkleinerte Modell andere Ausgaben als für das volle. Das mit beiden Dateien melden; nichts wurde übertragen.</translation>
    </message>
    <message>
        <source>Take the acceleration with gravity, from the same phone or program.</source>
        <translation>Die Beschleunigung mit Schwerkraft nehmen, vom selben Handy oder Programm.</translation>
    </message>
    <message>
        <source>Take {label} off this list</source>
        <translation>{label} aus dieser Liste nehmen</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Test honestly</source>
        <translation>Ehrlich testen</translation>
    </message>
    <message>
        <source>Tested on sessions it was trained on: expect less in use. Record a second session.</source>
        <translation>An Sitzungen geprüft, mit denen es trainiert wurde: Im Gebrauch ist weniger zu erwarten. Eine zweite Sitzung aufnehmen.</translation>
    </message>
    <message>
        <source>Testing honestly</source>
        <translation>Ehrlicher Test</translation>
    </message>
    <message>
        <source>Text as the system has it</source>
        <translation>Schrift wie das System</translation>
    </message>
    <message>
        <source>That label was not added: {reason}. Type another one.</source>
        <translation>Dieses Label kam nicht dazu: {reason}. Ein anderes eingeben.</translation>
    </message>
    <message>
        <source>That name cannot be used: {reason}.</source>
        <translation>Dieser Name geht nicht: {reason}.</translation>
    </message>
    <message>
        <source>That was wrong</source>
        <translation>Das war falsch</translation>
    </message>
    <message>
        <source>That window was not kept: {error}.</source>
        <translation>Dieses Fenster wurde nicht behalten: {error}.</translation>
    </message>
    <message>
        <source>The .tflite without what a board never reads</source>
        <translation>Das .tflite ohne das, was ein Board nie liest</translation>
    </message>
    <message>
        <source>The accelerometer</source>
        <translation>Der Beschleunigungssensor</translation>
    </message>
    <message>
        <source>The answer when no activity of the model resembles the window.</source>
        <translation>Die Antwort, wenn keine Aktivität des Modells dem Fenster gleicht.</translation>
    </message>
    <message>
        <source>The axis is dead, was not recorded, or is there twice under another&apos;s name</source>
        <translation>Die Achse ist tot, wurde nicht aufgenommen oder ist unter anderem Namen zweimal da</translation>
    </message>
    <message>
        <source>The backbone knows windows of {window} points at {rate_hz} Hz and {count} channels, not these. Use `--window {window} --rate-hz {rate_hz}`, or pretrain another one.</source>
        <translation>Das Grundnetz kennt Fenster von {window} Punkten mit {rate_hz} Hz und {count} Kanälen, nicht diese. `--window {window} --rate-hz {rate_hz}` verwenden oder ein anderes vortrainieren.</translation>
    </message>
    <message>
        <source>The backbone was not saved.</source>
        <translation>Das Grundnetz wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>The backbone was trained on {count} of the recordings tested ({names}): expect less of it on new ones.</source>
        <translation>Das Grundnetz wurde mit {count} der geprüften Aufnahmen trainiert ({names}): Bei neuen ist weniger zu erwarten.</translation>
    </message>
    <message>
        <source>The board</source>
        <translation>Das Board</translation>
    </message>
    <message>
        <source>The board at {device} did not start its bootloader; its program is as before. By hand: {double_tap}. {advice}</source>
        <translation>Das Board an {device} hat seinen Bootloader nicht gestartet; sein Programm ist wie vorher. Von Hand: {double_tap}. {advice}</translation>
    </message>
    <message>
        <source>The board at {device} has been silent for {seconds:g} s; nothing was written. Unplug it, plug it in again, {double_tap}, and repeat the command.</source>
        <translation>Das Board an {device} schweigt seit {seconds:g} s; nichts wurde geschrieben. Aus- und wieder einstecken, {double_tap}, und den Befehl wiederholen.</translation>
    </message>
    <message>
        <source>The board at {device} is not an nRF52840: nothing was written to it. Give the port of an Arduino Nano 33 BLE Sense with --port.</source>
        <translation>Das Board an {device} ist kein nRF52840: Nichts wurde darauf geschrieben. Mit --port den Anschluss eines Arduino Nano 33 BLE Sense angeben.</translation>
    </message>
    <message>
        <source>The board computes in int8 only: choose a variant that is int8.</source>
        <translation>Das Board rechnet nur in int8: eine Variante in int8 wählen.</translation>
    </message>
    <message>
        <source>The board had no model before.</source>
        <translation>Das Board hatte vorher kein Modell.</translation>
    </message>
    <message>
        <source>The board hardly moves ({strong:.3f} g, in the training at least {low:.3f} g).</source>
        <translation>Das Board bewegt sich kaum ({strong:.3f} g, im Training mindestens {low:.3f} g).</translation>
    </message>
    <message>
        <source>The board is worn turned by about {degrees:.0f} degrees from how it was worn in training: put it on as then, or record and train this way too.</source>
        <translation>Das Board wird gegenüber dem Training um etwa {degrees:.0f} Grad verdreht getragen: wie damals anlegen, oder auch so aufnehmen und trainieren.</translation>
    </message>
    <message>
        <source>The board is worn turned, or at another place of the body: wear it as in the training, or record as you wear it now and retrain.</source>
        <translation>Das Board wird verdreht oder an einer anderen Stelle des Körpers getragen: wie im Training tragen, oder so aufnehmen, wie es jetzt getragen wird, und neu trainieren.</translation>
    </message>
    <message>
        <source>The board measures at {measured_hz:.1f} Hz, and says {said_hz:.1f} Hz.</source>
        <translation>Das Board misst mit {measured_hz:.1f} Hz und nennt {said_hz:.1f} Hz.</translation>
    </message>
    <message>
        <source>The board&apos;s model has not been read yet.</source>
        <translation>Das Modell des Boards ist noch nicht gelesen.</translation>
    </message>
    <message>
        <source>The board&apos;s motion now</source>
        <translation>Die Bewegung des Boards jetzt</translation>
    </message>
    <message>
        <source>The board&apos;s outputs for this window: not the same, to the last bit.</source>
        <translation>Die Ausgaben des Boards für dieses Fenster: nicht dieselben bis aufs letzte Bit.</translation>
    </message>
    <message>
        <source>The board&apos;s outputs for this window: the same, to the last bit.</source>
        <translation>Die Ausgaben des Boards für dieses Fenster: dieselben bis aufs letzte Bit.</translation>
    </message>
    <message>
        <source>The board&apos;s package</source>
        <translation>Das Paket des Boards</translation>
    </message>
    <message>
        <source>The broker {broker} cannot be reached ({said}). Check that it runs, its name and port, and whether it wants TLS (--mqtt-tls).</source>
        <translation>Der Broker {broker} ist nicht erreichbar ({said}). Prüfen, ob er läuft, seinen Namen und Anschluss, und ob er TLS will (--mqtt-tls).</translation>
    </message>
    <message>
        <source>The broker {broker} refused the connection ({said}). Check --mqtt-user and the password, and that this user may write to motionloop/# and homeassistant/#.</source>
        <translation>Der Broker {broker} lehnte die Verbindung ab ({said}). --mqtt-user und das Passwort prüfen, und ob dieser Benutzer nach motionloop/# und homeassistant/# schreiben darf.</translation>
    </message>
    <message>
        <source>The certificate of the broker {broker} was not accepted ({said}). Give the certificate of its authority with --mqtt-ca.</source>
        <translation>Das Zertifikat des Brokers {broker} wurde nicht angenommen ({said}). Mit --mqtt-ca das Zertifikat seiner Stelle angeben.</translation>
    </message>
    <message>
        <source>The chosen stretch has no window for {model}: it lasts {longest_s:.2f} s without a gap, and a window {window_s:.2f} s. Choose a longer one, or put the cursor where no label is.</source>
        <translation>Die gewählte Strecke hat kein Fenster für {model}: Sie dauert {longest_s:.2f} s ohne Lücke und ein Fenster {window_s:.2f} s. Eine längere wählen oder den Cursor dorthin setzen, wo kein Label ist.</translation>
    </message>
    <message>
        <source>The class list has {names} names, too few for {boards} boards. Press Class list and paste more.</source>
        <translation>Die Klassenliste hat {names} Namen, zu wenige für {boards} Boards. Klassenliste drücken und weitere einfügen.</translation>
    </message>
    <message>
        <source>The clock of {board} does not go as this computer&apos;s, so that no moment can be given. A virtual board must run at --speed 1; bring a real one nearer.</source>
        <translation>Die Uhr von {board} geht nicht wie die dieses Computers, darum lässt sich kein Zeitpunkt nennen. Ein virtuelles Board muss mit --speed 1 laufen; ein echtes näher bringen.</translation>
    </message>
    <message>
        <source>The control, rounded after training.</source>
        <translation>Die Kontrolle, nach dem Training gerundet.</translation>
    </message>
    <message>
        <source>The control: what the same training brings without any method.</source>
        <translation>Die Kontrolle: was dasselbe Training ohne jede Methode bringt.</translation>
    </message>
    <message>
        <source>The converter chose input scale {input_scale} and zero point {input_zero_point} instead of {scale} and 0, so the board&apos;s windows would be misread. Train again with an installed TensorFlow from 2.19 to 2.21.</source>
        <translation>Der Umwandler wählte die Eingangsskala {input_scale} und den Nullpunkt {input_zero_point} statt {scale} und 0, die Fenster des Boards würden also falsch gelesen. Mit einem TensorFlow von 2.19 bis 2.21 neu trainieren.</translation>
    </message>
    <message>
        <source>The countdown was cancelled: there is no link to {board}.</source>
        <translation>Der Countdown wurde abgebrochen: Es gibt keine Verbindung zu {board}.</translation>
    </message>
    <message>
        <source>The countdown was cancelled: {board} is not the chosen board any more.</source>
        <translation>Der Countdown wurde abgebrochen: {board} ist nicht mehr das gewählte Board.</translation>
    </message>
    <message>
        <source>The cursor is in no segment to split.</source>
        <translation>Der Cursor steht in keinem Abschnitt, der zu teilen wäre.</translation>
    </message>
    <message>
        <source>The device at {device} does not answer as the bootloader of a Nano 33 BLE does. If it is the board, {double_tap}. Then repeat the command.</source>
        <translation>Das Gerät an {device} antwortet nicht wie der Bootloader eines Nano 33 BLE. Wenn es das Board ist: {double_tap}. Dann den Befehl wiederholen.</translation>
    </message>
    <message>
        <source>The disk is full at {path}. {state} Make room on it and go on, or stop here.</source>
        <translation>Die Festplatte ist voll bei {path}. {state} Platz schaffen und weitermachen, oder hier aufhören.</translation>
    </message>
    <message>
        <source>The disk with {folder} does not answer. {samples} samples are safe there; the recording ends, since the computer&apos;s memory for more is full. Check the disk.</source>
        <translation>Der Datenträger mit {folder} antwortet nicht. {samples} Messwerte sind dort sicher; die Aufnahme endet, weil der Speicher des Computers für weitere voll ist. Den Datenträger prüfen.</translation>
    </message>
    <message>
        <source>The environment variable {variable} must be one of {levels}, not {name!r}.</source>
        <translation>Die Umgebungsvariable {variable} muss eines von {levels} sein, nicht {name!r}.</translation>
    </message>
    <message>
        <source>The file of this variant is gone: measure again.</source>
        <translation>Die Datei dieser Variante fehlt: neu messen.</translation>
    </message>
    <message>
        <source>The file that is pushed: a model with labels, channels, golden windows and everything else a board needs. Its name ends in .mlpkg.</source>
        <translation>Die Datei, die übertragen wird: ein Modell mit Labels, Kanälen, Prüffenstern und allem, was ein Board sonst braucht. Ihr Name endet auf .mlpkg.</translation>
    </message>
    <message>
        <source>The files could not be looked at.</source>
        <translation>Die Dateien konnten nicht angesehen werden.</translation>
    </message>
    <message>
        <source>The files of the recording {name!r} overlap: some are there twice, or come from two exports. Import each export on its own.</source>
        <translation>Die Dateien der Aufnahme {name!r} überschneiden sich: Einige sind zweimal da oder stammen aus zwei Exporten. Jeden Export für sich importieren.</translation>
    </message>
    <message>
        <source>The firmware does not compile: {first}. The board was not touched. If you did not change firmware/, take a clean checkout or install MotionLoop again.</source>
        <translation>Die Firmware lässt sich nicht übersetzen: {first}. Das Board wurde nicht angerührt. Wurde firmware/ nicht geändert, einen sauberen Stand nehmen oder MotionLoop neu installieren.</translation>
    </message>
    <message>
        <source>The firmware has {bytes} bytes, more than the {most} below the model slots. Undo what you added to it, or leave out a library in platformio.ini.</source>
        <translation>Die Firmware hat {bytes} Bytes, mehr als die {most} unter den Plätzen der Modelle. Das Hinzugefügte zurücknehmen oder in platformio.ini eine Bibliothek weglassen.</translation>
    </message>
    <message>
        <source>The firmware is on the board. It has no model of yours: retrain and flash one.</source>
        <translation>Die Firmware ist auf dem Board. Es hat kein eigenes Modell: eines trainieren und übertragen.</translation>
    </message>
    <message>
        <source>The firmware is on {name}, and its model is back.</source>
        <translation>Die Firmware ist auf {name}, und das Modell ist wieder da.</translation>
    </message>
    <message>
        <source>The firmware is uploaded, the model is not back: {error} Push it yourself: motionloop push {file}</source>
        <translation>Die Firmware ist aufgespielt, das Modell nicht zurück: {error} Es selbst übertragen: motionloop push {file}</translation>
    </message>
    <message>
        <source>The firmware&apos;s own core on this computer, behind a simulated radio. An emulated board is more: the whole firmware, on an emulated processor.</source>
        <translation>Der Kern der Firmware auf diesem Computer, hinter einem simulierten Funk. Ein emuliertes Board ist mehr: die ganze Firmware, auf einem emulierten Prozessor.</translation>
    </message>
    <message>
        <source>The firmware&apos;s sources are not in {root}, where this program has them. Install MotionLoop again: {repair}</source>
        <translation>Die Quellen der Firmware sind nicht in {root}, wo dieses Programm sie hat. MotionLoop neu installieren: {repair}</translation>
    </message>
    <message>
        <source>The first window took {latency}.</source>
        <translation>Das erste Fenster dauerte {latency}.</translation>
    </message>
    <message>
        <source>The first {lost_s:.3f} s of the label {label!r} are missing: it was cut to the samples that are there.</source>
        <translation>Die ersten {lost_s:.3f} s des Labels {label!r} fehlen: Es wurde auf die vorhandenen Messwerte gekürzt.</translation>
    </message>
    <message>
        <source>The gyroscope</source>
        <translation>Das Gyroskop</translation>
    </message>
    <message>
        <source>The hash is on the clipboard.</source>
        <translation>Der Hash ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>The label {label!r} at {start_us} us lies outside the samples: all of its samples are missing.</source>
        <translation>Das Label {label!r} bei {start_us} us liegt außerhalb der Messwerte: Alle seine Messwerte fehlen.</translation>
    </message>
    <message>
        <source>The labels</source>
        <translation>Die Labels</translation>
    </message>
    <message>
        <source>The labels are as they were before.</source>
        <translation>Die Labels sind wie zuvor.</translation>
    </message>
    <message>
        <source>The labels of {recording} were changed by another program and are shown as they are now.</source>
        <translation>Die Labels von {recording} wurden von einem anderen Programm geändert; zu sehen ist der jetzige Stand.</translation>
    </message>
    <message>
        <source>The labels of {recording} were changed by another program while they were edited here. Those of the other program are shown. Whose labels are kept?</source>
        <translation>Ein anderes Programm hat die Labels von {recording} geändert, während sie hier bearbeitet wurden. Gezeigt werden die des anderen Programms. Welche bleiben?</translation>
    </message>
    <message>
        <source>The labels of {where} were not changed: {error}. Correct it and try again.</source>
        <translation>Die Labels von {where} wurden nicht geändert: {error}. Berichtigen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The labels were changed in the file after it was exported: its own count.</source>
        <translation>Die Labels in der Datei wurden nach dem Export geändert: Es gelten die der Datei.</translation>
    </message>
    <message>
        <source>The last line of {file} is torn ({bytes} bytes) and not counted.</source>
        <translation>Die letzte Zeile von {file} ist abgerissen ({bytes} Bytes) und zählt nicht.</translation>
    </message>
    <message>
        <source>The last model ended the board twice in a row: the board runs none now.</source>
        <translation>Das letzte Modell hat das Board zweimal nacheinander abstürzen lassen: jetzt läuft keines.</translation>
    </message>
    <message>
        <source>The last model ended the board twice in a row: the board runs the one before.</source>
        <translation>Das letzte Modell hat das Board zweimal nacheinander abstürzen lassen: jetzt läuft das vorige.</translation>
    </message>
    <message>
        <source>The last {lost_s:.3f} s of the label {label!r} are missing: it was cut to the samples that are there.</source>
        <translation>Die letzten {lost_s:.3f} s des Labels {label!r} fehlen: Es wurde auf die vorhandenen Messwerte gekürzt.</translation>
    </message>
    <message>
        <source>The layers of this model have {bytes:,} bytes, more than the {most:,} that can be looked at. Train a smaller model.</source>
        <translation>Die Schichten dieses Modells haben {bytes:,} Bytes, mehr als die {most:,}, die sich ansehen lassen. Ein kleineres Modell trainieren.</translation>
    </message>
    <message>
        <source>The lesson compares with an honest split, and these recordings have none: record each label in a second session first.</source>
        <translation>Die Lektion vergleicht mit einer ehrlichen Aufteilung, und diese Aufnahmen haben keine: zuerst jedes Label in einer zweiten Sitzung aufnehmen.</translation>
    </message>
    <message>
        <source>The lesson deals all windows to several folds, and a named split has one: leave one of them out.</source>
        <translation>Die Lektion verteilt alle Fenster auf mehrere Durchgänge, und eine benannte Aufteilung hat einen: eines von beiden weglassen.</translation>
    </message>
    <message>
        <source>The likeliest reason first</source>
        <translation>Der wahrscheinlichste Grund zuerst</translation>
    </message>
    <message>
        <source>The likeness of the newest window to each activity</source>
        <translation>Die Ähnlichkeit des neuesten Fensters mit jeder Aktivität</translation>
    </message>
    <message>
        <source>The link to {board} broke before {name} was answered. Bring the board nearer and try again.</source>
        <translation>Die Verbindung zu {board} brach ab, bevor {name} beantwortet war. Das Board näher bringen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The link to {board} broke in a {doing} ({cause}). Bring the board nearer and reconnect.</source>
        <translation>Die Verbindung zu {board} brach ab ({doing}: {cause}). Das Board näher bringen und neu verbinden.</translation>
    </message>
    <message>
        <source>The link to {board} broke in a {doing}. Bring the board nearer and reconnect.</source>
        <translation>Die Verbindung zu {board} brach ab ({doing}). Das Board näher bringen und neu verbinden.</translation>
    </message>
    <message>
        <source>The link to {board} carries {limit} bytes at once, and a signed command has {length}. Connect again; an old Bluetooth adapter may be unable to carry more.</source>
        <translation>Die Verbindung zu {board} trägt {limit} Bytes auf einmal, und ein unterschriebener Befehl hat {length}. Verbinden Sie neu; ein alter Bluetooth-Adapter kann vielleicht nicht mehr tragen.</translation>
    </message>
    <message>
        <source>The link to {board} stayed silent for {seconds:g} s before {name} was answered. Bring the board nearer and try again.</source>
        <translation>Die Verbindung zu {board} schwieg {seconds:g} s, bevor {name} beantwortet war. Das Board näher bringen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The link to {board} was lost while the push was taken back: it may run the new model. Model before goes back to the other one when the link is back.</source>
        <translation>Die Verbindung zu {board} ging verloren, während die Übertragung zurückgenommen wurde: Vielleicht läuft dort das neue Modell. Voriges Modell geht zum anderen zurück, wenn die Verbindung wieder da ist.</translation>
    </message>
    <message>
        <source>The links to {board} break at once. Bring the board nearer and try again.</source>
        <translation>Die Verbindungen zu {board} brechen sofort ab. Das Board näher bringen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The links to {board} end before any sample comes. Bring the board nearer and try again.</source>
        <translation>Die Verbindungen zu {board} enden, bevor ein Messwert kommt. Das Board näher bringen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The marked stretch or selected segment is</source>
        <translation>Der markierte Bereich oder gewählte Abschnitt ist</translation>
    </message>
    <message>
        <source>The memory that TFLite Micro gets on a board for what it computes. A model whose layers need more does not run. The board&apos;s arena has 24,576 bytes.</source>
        <translation>Der Speicher, den TFLite Micro auf einem Board zum Rechnen bekommt. Ein Modell, dessen Schichten mehr brauchen, läuft nicht. Die Arena des Boards hat 24.576 Bytes.</translation>
    </message>
    <message>
        <source>The model cannot be read ({error!r}). Train it again with `motionloop train`.</source>
        <translation>Das Modell kann nicht gelesen werden ({error!r}). Mit `motionloop train` neu trainieren.</translation>
    </message>
    <message>
        <source>The model for all boards</source>
        <translation>Das Modell für alle Boards</translation>
    </message>
    <message>
        <source>The model has {count} outputs; the board takes the probabilities and the embedding. Build the package again with `motionloop train`.</source>
        <translation>Das Modell hat {count} Ausgaben; das Board nimmt die Wahrscheinlichkeiten und die Einbettung. Das Paket mit `motionloop train` neu bauen.</translation>
    </message>
    <message>
        <source>The model may learn the person instead of the activity. The test of these labels needs a second person</source>
        <translation>Das Modell lernt vielleicht die Person statt der Aktivität. Der Test dieser Labels braucht eine zweite Person</translation>
    </message>
    <message>
        <source>The model needs an arena of {needed} bytes, the board has {arena}. Train a smaller variant: fewer filters or a shorter window.</source>
        <translation>Das Modell braucht eine Arena von {needed} Bytes, das Board hat {arena}. Eine kleinere Variante trainieren: weniger Filter oder ein kürzeres Fenster.</translation>
    </message>
    <message>
        <source>The model of {board} is still being read, or no motion has come yet. Wait a few seconds and press the button again.</source>
        <translation>Das Modell von {board} wird noch gelesen, oder es kam noch keine Bewegung. Einige Sekunden warten und den Knopf noch einmal drücken.</translation>
    </message>
    <message>
        <source>The model of {board} is still being read, so its window is not known. Wait a few seconds and press the key again.</source>
        <translation>Das Modell von {board} wird noch gelesen, darum ist sein Fenster nicht bekannt. Einige Sekunden warten und die Taste erneut drücken.</translation>
    </message>
    <message>
        <source>The model of {board} is still being read, so there is nothing to look into. Wait a few seconds and try again.</source>
        <translation>Das Modell von {board} wird noch gelesen, darum gibt es nichts zum Hineinsehen. Einige Sekunden warten und erneut versuchen.</translation>
    </message>
    <message>
        <source>The model on the board does not know {labels}: of these windows it gets {old:.1%} right, the new one {new:.1%}.</source>
        <translation>Das Modell auf dem Board kennt {labels} nicht: Von diesen Fenstern erkennt es {old:.1%} richtig, das neue {new:.1%}.</translation>
    </message>
    <message>
        <source>The model was not saved.</source>
        <translation>Das Modell wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>The model&apos;s {name} is {dtype}, the board takes int8 only. Convert it with full integer quantization.</source>
        <translation>{name} des Modells ist {dtype}, das Board nimmt nur int8. Mit voller Ganzzahl-Quantisierung umwandeln.</translation>
    </message>
    <message>
        <source>The motion lies between {first} and {second} ({first_share:.0%} and {second_share:.0%} of the nearest windows of the training)</source>
        <translation>Die Bewegung liegt zwischen {first} und {second} ({first_share:.0%} und {second_share:.0%} der nächsten Fenster des Trainings)</translation>
    </message>
    <message>
        <source>The motion went beyond the sensor&apos;s range, and its peaks are cut off</source>
        <translation>Die Bewegung ging über den Messbereich des Sensors hinaus, und ihre Spitzen sind abgeschnitten</translation>
    </message>
    <message>
        <source>The names for Next pupils</source>
        <translation>Die Namen für Nächste Namen</translation>
    </message>
    <message>
        <source>The nearest windows of the training are {label} ({share:.0%} of them), mostly of {person}</source>
        <translation>Die nächsten Fenster des Trainings sind {label} ({share:.0%} davon), meist von {person}</translation>
    </message>
    <message>
        <source>The next name for each board</source>
        <translation>Der nächste Name für jedes Board</translation>
    </message>
    <message>
        <source>The next name for {board}</source>
        <translation>Der nächste Name für {board}</translation>
    </message>
    <message>
        <source>The next window (Page Down)</source>
        <translation>Das nächste Fenster (Bild ab)</translation>
    </message>
    <message>
        <source>The others</source>
        <translation>Die anderen</translation>
    </message>
    <message>
        <source>The package</source>
        <translation>Das Paket</translation>
    </message>
    <message>
        <source>The package that was pushed</source>
        <translation>Das übertragene Paket</translation>
    </message>
    <message>
        <source>The package&apos;s labels are not UTF-8 text: it was not made by MotionLoop. Train the model again.</source>
        <translation>Die Labels des Pakets sind kein UTF-8-Text: MotionLoop hat es nicht gemacht. Das Modell neu trainieren.</translation>
    </message>
    <message>
        <source>The people</source>
        <translation>Die Personen</translation>
    </message>
    <message>
        <source>The picture cannot be written to {path} ({cause}). Choose another folder.</source>
        <translation>Das Bild kann nicht nach {path} geschrieben werden ({cause}). Einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>The plan has no step: write a label and seconds, such as &apos;walking 60&apos;.</source>
        <translation>Der Plan hat keinen Schritt: ein Label und Sekunden schreiben, etwa &apos;walking 60&apos;.</translation>
    </message>
    <message>
        <source>The plan&apos;s part </source>
        <translation>Der Teil des Plans </translation>
    </message>
    <message>
        <source>The present window on its way through the layers. For an earlier moment, click the strip of activities.</source>
        <translation>Das jetzige Fenster auf dem Weg durch die Schichten. Für einen früheren Moment in den Streifen der Aktivitäten klicken.</translation>
    </message>
    <message>
        <source>The rate was given wrongly, or the times are not those of the samples</source>
        <translation>Die Rate wurde falsch angegeben, oder die Zeiten sind nicht die der Messwerte</translation>
    </message>
    <message>
        <source>The recording is untouched, but too long to be shown without it.</source>
        <translation>Die Aufnahme ist unberührt, aber zu lang, um ohne ihn gezeigt zu werden.</translation>
    </message>
    <message>
        <source>The recording is where it was.</source>
        <translation>Die Aufnahme ist, wo sie war.</translation>
    </message>
    <message>
        <source>The recording was not closed: it is going on, or was cut off.</source>
        <translation>Die Aufnahme wurde nicht abgeschlossen: Sie läuft noch oder brach ab.</translation>
    </message>
    <message>
        <source>The recordings cannot be split by {kinds} so that each label is on both sides: record each label in at least two sessions, better by three people.</source>
        <translation>Die Aufnahmen lassen sich nicht nach {kinds} so teilen, dass jedes Label auf beiden Seiten ist: jedes Label in mindestens zwei Sitzungen aufnehmen, besser von drei Personen.</translation>
    </message>
    <message>
        <source>The recordings cannot be split by {kind}: every label must remain for training when a {kind} is held out. Record each label in at least two sessions, or split by block and read the result as optimistic.</source>
        <translation>Die Aufnahmen lassen sich nicht nach {kind} teilen: Jedes Label muss zum Trainieren bleiben, wenn eines ({kind}) zurückgehalten wird. Jedes Label in mindestens zwei Sitzungen aufnehmen, oder nach block teilen und das Ergebnis als zu gut ansehen.</translation>
    </message>
    <message>
        <source>The recordings have changed since {folder} was trained: their held-out part is no longer the same, so a test would hold what was trained on. Train again, and measure the variants of that model.</source>
        <translation>Die Aufnahmen haben sich geändert, seit {folder} trainiert wurde: Ihr zurückgehaltener Teil ist nicht mehr derselbe, eine Prüfung enthielte also, womit trainiert wurde. Neu trainieren und die Varianten jenes Modells messen.</translation>
    </message>
    <message>
        <source>The recordings hold one label only ({only}): a classifier needs at least two. Record a second activity, or rest as one.</source>
        <translation>Die Aufnahmen haben nur ein Label ({only}): Zum Unterscheiden braucht es mindestens zwei. Eine zweite Aktivität aufnehmen, oder Ruhe als eine.</translation>
    </message>
    <message>
        <source>The recordings on which {model} was tested are not in {folder} any more. Put them back, or choose a recording on the Label page and look inside there.</source>
        <translation>Die Aufnahmen, an denen {model} geprüft wurde, sind nicht mehr in {folder}. Sie zurücklegen, oder auf der Seite Labeln eine Aufnahme wählen und dort hineinsehen.</translation>
    </message>
    <message>
        <source>The recordings that this model was trained on are not here, so there is nothing to compare with.</source>
        <translation>Die Aufnahmen, mit denen dieses Modell trainiert wurde, sind nicht hier, darum gibt es nichts zum Vergleichen.</translation>
    </message>
    <message>
        <source>The report was not saved.</source>
        <translation>Der Bericht wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>The right one was (its number is enough):</source>
        <translation>Richtig war (die Ziffer genügt):</translation>
    </message>
    <message>
        <source>The same compressed, which a board does not unpack</source>
        <translation>Dasselbe gepackt, was ein Board nicht auspackt</translation>
    </message>
    <message>
        <source>The same windows, the same network and the same training were judged twice. Split by {unit}, the model had {honest:.1f} % right. Split at random by window, it had {leaky:.1f} %. {verdict}</source>
        <translation>Dieselben Fenster, dasselbe Netz und dasselbe Training wurden zweimal beurteilt. Nach {unit} aufgeteilt hatte das Modell {honest:.1f} % richtig. Zufällig nach Fenstern aufgeteilt hatte es {leaky:.1f} %. {verdict}</translation>
    </message>
    <message>
        <source>The samples are untouched. Copy the {file} of another recording of the same board into this folder, empty its &quot;segments&quot; and &quot;gaps&quot;, set &quot;closed&quot; to false, and label it again.</source>
        <translation>Die Messwerte sind unberührt. {file} einer anderen Aufnahme desselben Boards in diesen Ordner kopieren, &quot;segments&quot; und &quot;gaps&quot; darin leeren, &quot;closed&quot; auf false setzen und neu labeln.</translation>
    </message>
    <message>
        <source>The samples of that moment are not here any more: of {board} the last {seconds:.0f} s are kept, and those that arrived whole. Choose a later moment; to look into earlier ones, record.</source>
        <translation>Die Messwerte dieses Moments sind nicht mehr hier: Von {board} werden die letzten {seconds:.0f} s behalten, soweit sie vollständig ankamen. Einen späteren Moment wählen; um in frühere hineinzusehen, aufnehmen.</translation>
    </message>
    <message>
        <source>The sensor cannot measure so strong a motion: wear the board where it is gentler.</source>
        <translation>Der Sensor kann so starke Bewegung nicht messen: das Board dort tragen, wo sie sanfter ist.</translation>
    </message>
    <message>
        <source>The sensor stopped, or a program filled a hole with the last sample</source>
        <translation>Der Sensor stand still, oder ein Programm füllte ein Loch mit dem letzten Messwert</translation>
    </message>
    <message>
        <source>The sensor was read faster than it measures, so its true rate is lower</source>
        <translation>Der Sensor wurde schneller gelesen, als er misst, seine wahre Rate ist also niedriger</translation>
    </message>
    <message>
        <source>The split was not saved.</source>
        <translation>Die Aufteilung wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>The split {name!r} is by person: it cannot hold out a part of {wearer!r}&apos;s sessions. Fix one by session for personal models.</source>
        <translation>Die Aufteilung {name!r} ist nach Personen: Sie kann nicht einen Teil der Sitzungen von {wearer!r} zurückhalten. Für persönliche Modelle eine nach Sitzungen festlegen.</translation>
    </message>
    <message>
        <source>The split {split!r} does not list {names}, recorded or changed after it was fixed: used for {part}.</source>
        <translation>Die Aufteilung {split!r} nennt {names} nicht, aufgenommen oder geändert nach ihrer Festlegung: verwendet für {part}.</translation>
    </message>
    <message>
        <source>The step in the whole screen, readable from the other end of a room</source>
        <translation>Der Schritt auf dem ganzen Bildschirm, lesbar quer durch den Raum</translation>
    </message>
    <message>
        <source>The studio speaks this language from its next start on.</source>
        <translation>Das Studio spricht diese Sprache ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>The study itself is safe.</source>
        <translation>Die Studie selbst ist sicher.</translation>
    </message>
    <message>
        <source>The study {name!r} cannot be opened at {shown} ({reason}). Check the address and that the database runs; without --storage it is a file.</source>
        <translation>Die Studie {name!r} lässt sich bei {shown} nicht öffnen ({reason}). Die Adresse prüfen, und ob die Datenbank läuft; ohne --storage ist sie eine Datei.</translation>
    </message>
    <message>
        <source>The study {name!r} was begun with other recordings, labels, splits or choices, so its trials cannot be compared with new ones. Choose another --study or folder.</source>
        <translation>Die Studie {name!r} begann mit anderen Aufnahmen, Labels, Aufteilungen oder Einstellungen, ihre Versuche sind also mit neuen nicht vergleichbar. Eine andere --study oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>The times of {file} are taken as {unit}.</source>
        <translation>Die Zeiten von {file} gelten als {unit}.</translation>
    </message>
    <message>
        <source>The training failed unexpectedly ({name}: {error}). Please report this with the recordings&apos; folder listing.</source>
        <translation>Das Training scheiterte unerwartet ({name}: {error}). Das bitte mit einer Liste des Aufnahmeordners melden.</translation>
    </message>
    <message>
        <source>The training process ended before it was done ({words}). Try again; if it was out of memory, close other programs or use fewer recordings.</source>
        <translation>Der Trainingsprozess endete, bevor er fertig war ({words}). Erneut versuchen; fehlte Speicher, andere Programme schließen oder weniger Aufnahmen nehmen.</translation>
    </message>
    <message>
        <source>The unit of acceleration in {file} cannot be known: {evidence}. Say it with --accel-unit (g, m/s2, mg or 16384/g, the steps per g). If gravity was removed, a model of it is of no use on a board, which always measures gravity</source>
        <translation>Die Einheit der Beschleunigung in {file} ist nicht erkennbar: {evidence}. Mit --accel-unit angeben (g, m/s2, mg oder 16384/g, die Schritte je g). Wurde die Schwerkraft entfernt, nützt ein Modell davon auf einem Board nichts, das immer Schwerkraft misst</translation>
    </message>
    <message>
        <source>The unit of rotation in {file} cannot be known: {evidence}. Say it with --gyro-unit (rad/s, deg/s or mdps)</source>
        <translation>Die Einheit der Drehung in {file} ist nicht erkennbar: {evidence}. Mit --gyro-unit angeben (rad/s, deg/s oder mdps)</translation>
    </message>
    <message>
        <source>The unit of the times in the column {name!r} cannot be known: say it with --time-unit (s, ms, us, ns, min or h), or give the rate with --rate-hz.</source>
        <translation>Die Einheit der Zeiten in der Spalte {name!r} ist nicht erkennbar: mit --time-unit (s, ms, us, ns, min oder h) angeben, oder die Rate mit --rate-hz.</translation>
    </message>
    <message>
        <source>The unit of the times in the column {name!r} cannot be known: {unit!r} is none that is known here. Say it with --time-unit (s, ms, us, ns, min or h), or give the rate with --rate-hz.</source>
        <translation>Die Einheit der Zeiten in der Spalte {name!r} ist nicht erkennbar: {unit!r} ist hier unbekannt. Mit --time-unit (s, ms, us, ns, min oder h) angeben, oder die Rate mit --rate-hz.</translation>
    </message>
    <message>
        <source>The upload stopped half way</source>
        <translation>Das Aufspielen brach unterwegs ab</translation>
    </message>
    <message>
        <source>The upload stopped half way at page {page} of {pages}</source>
        <translation>Das Aufspielen brach bei Seite {page} von {pages} ab</translation>
    </message>
    <message>
        <source>The variants were not saved.</source>
        <translation>Die Varianten wurden nicht gespeichert.</translation>
    </message>
    <message>
        <source>The virtual board did not start: {why}</source>
        <translation>Das virtuelle Board startete nicht: {why}</translation>
    </message>
    <message>
        <source>The virtual board {name} has ended by itself. Start a virtual board again on the page Connect.</source>
        <translation>Das virtuelle Board {name} hat sich von selbst beendet. Auf der Seite Verbinden wieder ein virtuelles Board starten.</translation>
    </message>
    <message>
        <source>The weight of the newest window in the running mean of a board&apos;s answers. The smaller, the fewer flickers, and the later a change is noticed.</source>
        <translation>Das Gewicht des neuesten Fensters im laufenden Mittel der Antworten eines Boards. Je kleiner, desto weniger Flackern, und desto später fällt ein Wechsel auf.</translation>
    </message>
    <message>
        <source>The window before (Page Up)</source>
        <translation>Das vorige Fenster (Bild auf)</translation>
    </message>
    <message>
        <source>The window is stored with the right label and waits for the next training.</source>
        <translation>Das Fenster wird mit dem richtigen Label gespeichert und wartet auf das nächste Training.</translation>
    </message>
    <message>
        <source>The {count} samples before stay readable, the newest were not taken.</source>
        <translation>Die {count} Messwerte davor bleiben lesbar, die neuesten wurden nicht genommen.</translation>
    </message>
    <message>
        <source>Then measure its variants</source>
        <translation>Danach Varianten messen</translation>
    </message>
    <message>
        <source>Then repeat the command with --port {port}.</source>
        <translation>Dann den Befehl mit --port {port} wiederholen.</translation>
    </message>
    <message>
        <source>Then repeat the command.</source>
        <translation>Dann den Befehl wiederholen.</translation>
    </message>
    <message>
        <source>There are no recordings in {folder} to train on: record a few activities first, half a minute of each at least, or tick more people.</source>
        <translation>In {folder} gibt es keine Aufnahmen zum Trainieren: zuerst einige Aktivitäten aufnehmen, jede mindestens eine halbe Minute, oder mehr Personen ankreuzen.</translation>
    </message>
    <message>
        <source>There are no recordings in {root}: make one with `motionloop record`, or name the folder that holds them.</source>
        <translation>In {root} sind keine Aufnahmen: eine mit `motionloop record` machen oder den Ordner nennen, der sie enthält.</translation>
    </message>
    <message>
        <source>There are no recordings yet.</source>
        <translation>Es gibt noch keine Aufnahmen.</translation>
    </message>
    <message>
        <source>There is another split {name!r} already, {path}: {words} Models may have been tested by it, so it is not changed. Choose another name, or delete the file first.</source>
        <translation>Es gibt schon eine andere Aufteilung {name!r}, {path}: {words} Modelle können nach ihr geprüft sein, darum bleibt sie. Einen anderen Namen wählen oder zuerst die Datei löschen.</translation>
    </message>
    <message>
        <source>There is no acceleration in these files: name the accelerometer&apos;s file, too.</source>
        <translation>In diesen Dateien ist keine Beschleunigung: auch die Datei des Beschleunigungssensors nennen.</translation>
    </message>
    <message>
        <source>There is no adapter. {advice}</source>
        <translation>Es gibt keinen Adapter. {advice}</translation>
    </message>
    <message>
        <source>There is no data file {path}: check the path.</source>
        <translation>Es gibt keine Datendatei {path}: den Pfad prüfen.</translation>
    </message>
    <message>
        <source>There is no label {label!r}; there are: {labels}.</source>
        <translation>Es gibt kein Label {label!r}; es gibt: {labels}.</translation>
    </message>
    <message>
        <source>There is no label {unknown}: there are {there}.</source>
        <translation>Es gibt kein Label {unknown}: Es gibt {there}.</translation>
    </message>
    <message>
        <source>There is no link to {board} now. It is being looked for: bring it nearer, and try again when it is back.</source>
        <translation>Es gibt gerade keine Verbindung zu {board}. Es wird gesucht: näher bringen und erneut versuchen, wenn es wieder da ist.</translation>
    </message>
    <message>
        <source>There is no link to {board} to {doing}. Reconnect, and bring the board nearer if that fails.</source>
        <translation>Es gibt keine Verbindung zu {board} ({doing}). Neu verbinden und das Board näher bringen, wenn das nicht geht.</translation>
    </message>
    <message>
        <source>There is no model to look into yet. Connect a board that has one, or press Retrain and flash on the Train page.</source>
        <translation>Es gibt noch kein Modell zum Hineinsehen. Ein Board verbinden, das eines hat, oder auf der Seite Trainieren eines trainieren und übertragen.</translation>
    </message>
    <message>
        <source>There is no model yet: train one first.</source>
        <translation>Es gibt noch kein Modell: zuerst eines trainieren.</translation>
    </message>
    <message>
        <source>There is no motion of {wearer} in the training, only of {people}.</source>
        <translation>Im Training ist keine Bewegung von {wearer}, nur von {people}.</translation>
    </message>
    <message>
        <source>There is no motion that can be read in {root}: {why}</source>
        <translation>In {root} ist keine lesbare Bewegung: {why}</translation>
    </message>
    <message>
        <source>There is no port {wanted}; there is {listed}. A board changes its port&apos;s name when it enters or leaves its bootloader: leave out --port if it is the only one.</source>
        <translation>Es gibt keinen Anschluss {wanted}; es gibt {listed}. Ein Board wechselt den Namen seines Anschlusses, wenn es in den Bootloader geht oder ihn verlässt: --port weglassen, wenn es das einzige ist.</translation>
    </message>
    <message>
        <source>There is no recording folder {folder}: check the path, or record one with `motionloop record`.</source>
        <translation>Es gibt keinen Aufnahmeordner {folder}: den Pfad prüfen oder mit `motionloop record` aufnehmen.</translation>
    </message>
    <message>
        <source>There is no recording of {unknown}: there are {there}.</source>
        <translation>Es gibt keine Aufnahme von {unknown}: Es gibt {there}.</translation>
    </message>
    <message>
        <source>There is no recording to export: choose other ones.</source>
        <translation>Es gibt keine Aufnahme zu exportieren: andere wählen.</translation>
    </message>
    <message>
        <source>There is no split {name!r} in {places}; {there}. `motionloop dataset --fix-split {name}` makes one; person, session and block need no file.</source>
        <translation>Es gibt keine Aufteilung {name!r} in {places}; {there}. `motionloop dataset --fix-split {name}` macht eine; person, session und block brauchen keine Datei.</translation>
    </message>
    <message>
        <source>There is no variant {unknown}: choose from {known}.</source>
        <translation>Es gibt keine Variante {unknown}: aus {known} wählen.</translation>
    </message>
    <message>
        <source>There is no whole window of {seconds:.2f} s without a missing sample yet. Move for ten seconds as you did when it was wrong, and press the button again.</source>
        <translation>Noch gibt es kein ganzes Fenster von {seconds:.2f} s ohne fehlenden Messwert. Zehn Sekunden so bewegen wie vorhin, als es falsch war, und den Knopf erneut drücken.</translation>
    </message>
    <message>
        <source>There is {times:.1f} times as much {most} as {least}. Training weighs the labels alike, but {least} is known from {seconds:.0f} s only, and the accuracy is mostly that of the frequent labels: look at the recall and the macro F1, and record more {least}.</source>
        <translation>Es gibt {times:.1f}-mal so viel {most} wie {least}. Das Training gewichtet die Labels gleich, aber {least} ist nur aus {seconds:.0f} s bekannt, und die Genauigkeit ist vor allem die der häufigen Labels: auf Trefferquote und Makro-F1 achten und mehr {least} aufnehmen.</translation>
    </message>
    <message>
        <source>This computer is still reading the board&apos;s model.</source>
        <translation>Dieser Computer liest noch das Modell des Boards.</translation>
    </message>
    <message>
        <source>This computer ran the same windows: {agreed} of {compared} agree to the last bit.</source>
        <translation>Dieser Computer rechnete nach: {agreed} von {compared} Fenstern bitgleich.</translation>
    </message>
    <message>
        <source>This computer runs the same windows from now on.</source>
        <translation>Dieser Computer rechnet ab jetzt dieselben Fenster.</translation>
    </message>
    <message>
        <source>This is no owner&apos;s key, or its pass phrase is another.</source>
        <translation>Das ist kein Schlüssel eines Besitzers, oder sein Kennwort ist ein anderes.</translation>
    </message>
    <message>
        <source>This is the first window.</source>
        <translation>Dies ist das erste Fenster.</translation>
    </message>
    <message>
        <source>This is the last window.</source>
        <translation>Dies ist das letzte Fenster.</translation>
    </message>
    <message>
        <source>This key is of another kind than an owner&apos;s (ECDSA P-256).</source>
        <translation>Dieser Schlüssel ist von anderer Art als der eines Besitzers (ECDSA P-256).</translation>
    </message>
    <message>
        <source>This looks like degrees per second where rad/s is expected</source>
        <translation>Das sieht nach Grad pro Sekunde aus, wo rad/s erwartet wird</translation>
    </message>
    <message>
        <source>This looks like m/s2 where g is expected</source>
        <translation>Das sieht nach m/s2 aus, wo g erwartet wird</translation>
    </message>
    <message>
        <source>This looks like mg where g is expected</source>
        <translation>Das sieht nach mg aus, wo g erwartet wird</translation>
    </message>
    <message>
        <source>This looks like the raw steps of a gyroscope, or thousandths, where rad/s is expected</source>
        <translation>Das sieht nach rohen Schritten eines Gyroskops oder nach Tausendsteln aus, wo rad/s erwartet wird</translation>
    </message>
    <message>
        <source>This looks like the raw steps of a sensor where g is expected</source>
        <translation>Das sieht nach rohen Schritten eines Sensors aus, wo g erwartet wird</translation>
    </message>
    <message>
        <source>This model cannot become a package: {what}.</source>
        <translation>Dieses Modell kann kein Paket werden: {what}.</translation>
    </message>
    <message>
        <source>This model runs on {board}.</source>
        <translation>Dieses Modell läuft auf {board}.</translation>
    </message>
    <message>
        <source>This network does not fit into a board: {fault}. It was not trained. Choose a smaller `--width` than {width:g}, `--stem-stride 4`, or a shorter `--window`.</source>
        <translation>Dieses Netz passt nicht in ein Board: {fault}. Es wurde nicht trainiert. Eine kleinere `--width` als {width:g}, `--stem-stride 4` oder ein kürzeres `--window` wählen.</translation>
    </message>
    <message>
        <source>This recording cannot be labelled now; the line below it says why.</source>
        <translation>Diese Aufnahme kann jetzt keine Labels bekommen; die Zeile darunter sagt, warum.</translation>
    </message>
    <message>
        <source>This recording cannot be shown.</source>
        <translation>Diese Aufnahme kann nicht gezeigt werden.</translation>
    </message>
    <message>
        <source>This window&apos;s virtual board is on already: one is enough here.</source>
        <translation>Das virtuelle Board dieses Fensters ist schon an: Eines genügt hier.</translation>
    </message>
    <message>
        <source>This would stop a training. {finding}</source>
        <translation>Das würde ein Training aufhalten. {finding}</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>Gründlich</translation>
    </message>
    <message>
        <source>Thousand multiply-accumulates (a product, added to a sum) per window: the work of a network.</source>
        <translation>Tausend Multiplikationen mit Addition (ein Produkt, zu einer Summe addiert) je Fenster: die Arbeit eines Netzes.</translation>
    </message>
    <message>
        <source>Thousand multiply-accumulates per window</source>
        <translation>Tausend Rechenschritte (Malnehmen und Zusammenzählen) je Fenster</translation>
    </message>
    <message>
        <source>Tick a label and a person first.</source>
        <translation>Zuerst ein Label und eine Person ankreuzen.</translation>
    </message>
    <message>
        <source>Tick none, and the program chooses so that each label is on both sides.</source>
        <translation>Ohne Haken wählt das Programm so, dass jedes Label auf beiden Seiten ist.</translation>
    </message>
    <message>
        <source>Tick the labels and people of the next training</source>
        <translation>Die Labels und Personen des nächsten Trainings anhaken</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>To see a film beside the signal, install its player: {command}. Everything else works without it.</source>
        <translation>Um einen Film neben dem Signal zu sehen, dessen Abspieler installieren: {command}. Alles andere geht auch ohne.</translation>
    </message>
    <message>
        <source>Too little motion for: {listed}. Record at least {seconds:.0f} s of each label (windows with gaps do not count), or leave the label out: `--skip-short` does it.</source>
        <translation>Zu wenig Bewegung für: {listed}. Mindestens {seconds:.0f} s je Label aufnehmen (Fenster mit Lücken zählen nicht) oder das Label weglassen: `--skip-short` tut es.</translation>
    </message>
    <message>
        <source>Too short, left out: {labels}.</source>
        <translation>Zu kurz, weggelassen: {labels}.</translation>
    </message>
    <message>
        <source>Train</source>
        <comment>a stage of the job</comment>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Train</source>
        <comment>page</comment>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Train a smaller network, with one input and one output, or two for an embedding.</source>
        <translation>Ein kleineres Netz trainieren, mit einem Eingang und einem Ausgang, oder zweien für eine Einbettung.</translation>
    </message>
    <message>
        <source>Train on all recordings and put the model on the board</source>
        <translation>Mit allen Aufnahmen trainieren und das Modell auf das Board bringen</translation>
    </message>
    <message>
        <source>Train one of MotionLoop&apos;s networks.</source>
        <translation>Eines der Netze von MotionLoop trainieren.</translation>
    </message>
    <message>
        <source>Train only</source>
        <translation>Nur Modell</translation>
    </message>
    <message>
        <source>Train the model again.</source>
        <translation>Das Modell neu trainieren.</translation>
    </message>
    <message>
        <source>Trained on synthetic motion: good for trying the loop only.</source>
        <translation>Mit künstlicher Bewegung trainiert: nur zum Ausprobieren gut.</translation>
    </message>
    <message>
        <source>Trained with the rounding in sight: as large as the rounded base, and no better than the control where rounding had cost nothing.</source>
        <translation>Mit der Rundung im Blick trainiert: so groß wie die gerundete Basis, und nicht besser als die Kontrolle, wo Runden nichts gekostet hat.</translation>
    </message>
    <message>
        <source>Trained without labels that are too short: {left_out}.</source>
        <translation>Ohne Labels trainiert, die zu kurz sind: {left_out}.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Training may span gaps up to this length on a straight line: type it, or press Up and Down. On disk nothing changes</source>
        <translation>Das Training darf Lücken bis zu dieser Länge gerade überbrücken: Zahl eintippen oder Hoch und Runter drücken. Auf der Festplatte ändert sich nichts</translation>
    </message>
    <message>
        <source>Trainings per fold</source>
        <translation>Trainings je Durchgang</translation>
    </message>
    <message>
        <source>Trim</source>
        <translation>Kürzen</translation>
    </message>
    <message>
        <source>Turns the evidence into probabilities: all together they are 1.</source>
        <translation>Macht aus den Hinweisen Wahrscheinlichkeiten: alle zusammen sind 1.</translation>
    </message>
    <message>
        <source>Type a name for the label.</source>
        <translation>Einen Namen für das Label eingeben.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo this correction</source>
        <translation>Diese Korrektur rückgängig machen</translation>
    </message>
    <message>
        <source>Unplug the board and plug it in again.</source>
        <translation>Das Board aus- und wieder einstecken.</translation>
    </message>
    <message>
        <source>Up, Down</source>
        <translation>Hoch, Runter</translation>
    </message>
    <message>
        <source>Update the board: `motionloop flash`.</source>
        <translation>Das Board aktualisieren: `motionloop flash`.</translation>
    </message>
    <message>
        <source>Update this program to the version that goes with the board&apos;s firmware.</source>
        <translation>Dieses Programm auf die Version bringen, die zur Firmware des Boards gehört.</translation>
    </message>
    <message>
        <source>Upload the firmware to the board on USB?

The upload may erase the models on that board. If it is the board in use, its model is read first and pushed again afterwards; the model before may be lost. Leave the cable in until it is done.</source>
        <translation>Die Firmware auf das Board am USB-Kabel aufspielen?

Das kann die Modelle auf diesem Board löschen. Ist es das benutzte Board, wird sein Modell vorher gelesen und danach wieder übertragen; das vorige Modell kann verloren gehen. Das Kabel bis zum Ende stecken lassen.</translation>
    </message>
    <message>
        <source>Use all of the recording</source>
        <translation>Die ganze Aufnahme nutzen</translation>
    </message>
    <message>
        <source>Use the recording from the cursor on</source>
        <translation>Die Aufnahme ab dem Cursor nutzen</translation>
    </message>
    <message>
        <source>Use the recording up to the cursor</source>
        <translation>Die Aufnahme bis zum Cursor nutzen</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>Dieses nutzen</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>Variants</source>
        <translation>Varianten</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Video offset</source>
        <translation>Versatz des Videos</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>Virtual wearer</source>
        <translation>Virtuelle Person</translation>
    </message>
    <message>
        <source>Virtual wearer of {board}</source>
        <translation>Person von {board}</translation>
    </message>
    <message>
        <source>Wait a moment and try again. If that does not help, unplug the adapter and plug it in again, or `sudo systemctl restart bluetooth`.</source>
        <translation>Einen Moment warten und erneut versuchen. Hilft das nicht, den Adapter aus- und wieder einstecken, oder `sudo systemctl restart bluetooth`.</translation>
    </message>
    <message>
        <source>Wait until the present job is over, or cancel it on the page Train.</source>
        <translation>Warten, bis der laufende Vorgang zu Ende ist, oder ihn auf der Seite Trainieren abbrechen.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Waiting for {name} to start</source>
        <translation>Warten, bis {name} startet</translation>
    </message>
    <message>
        <source>Watch live</source>
        <translation>Live ansehen</translation>
    </message>
    <message>
        <source>Wearer</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Wearer, placement, name and notes of the selected recordings</source>
        <translation>Person, Trageort, Name und Notizen der ausgewählten Aufnahmen</translation>
    </message>
    <message>
        <source>What a model sees at once: 128 points at 50 per second (2.56 s) unless you choose otherwise.</source>
        <translation>Was ein Modell auf einmal sieht: 128 Punkte, 50 je Sekunde (2,56 s), wenn nichts anderes gewählt ist.</translation>
    </message>
    <message>
        <source>What is being done now</source>
        <translation>Was jetzt getan wird</translation>
    </message>
    <message>
        <source>What is held out</source>
        <translation>Was zurückgehalten wird</translation>
    </message>
    <message>
        <source>What the board holds is not what was sent</source>
        <translation>Was das Board enthält, ist nicht, was gesendet wurde</translation>
    </message>
    <message>
        <source>What the model gets: one window of motion, a row for each channel, in int8. Raw channels hold the posture. In companded channels small motion gets most of the codes, so that sway can be seen.</source>
        <translation>Was das Modell bekommt: ein Fenster Bewegung, eine Zeile je Kanal, in int8. Rohe Kanäle halten die Haltung fest. In komprimierten Kanälen bekommt kleine Bewegung die meisten Codes, sodass ein Schwanken zu sehen ist.</translation>
    </message>
    <message>
        <source>What the synthetic wearer of the virtual board does</source>
        <translation>Was die künstliche Person des virtuellen Boards tut</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>What was recognised in the last three minutes; a click looks inside</source>
        <translation>Was in den letzten drei Minuten erkannt wurde; ein Klick sieht hinein</translation>
    </message>
    <message>
        <source>What was recorded is being saved.</source>
        <translation>Das Aufgenommene wird gespeichert.</translation>
    </message>
    <message>
        <source>Wheel, Shift+wheel</source>
        <translation>Mausrad, Umschalt+Mausrad</translation>
    </message>
    <message>
        <source>When a step of the plan begins, and when data stop</source>
        <translation>Wenn ein Schritt des Plans beginnt und wenn keine Daten mehr kommen</translation>
    </message>
    <message>
        <source>When the film begins, after the first sample: type it, or press Up and Down</source>
        <translation>Wann der Film beginnt, nach dem ersten Messwert: Zahl eintippen oder Hoch und Runter drücken</translation>
    </message>
    <message>
        <source>Where, such as left wrist</source>
        <translation>Wo, etwa am linken Arm</translation>
    </message>
    <message>
        <source>Whether this kind of board takes it</source>
        <translation>Ob diese Art Board sie nimmt</translation>
    </message>
    <message>
        <source>Which form of this model is the best?</source>
        <translation>Welche Form dieses Modells ist die beste?</translation>
    </message>
    <message>
        <source>Which labels look alike</source>
        <translation>Welche Labels ähnlich aussehen</translation>
    </message>
    <message>
        <source>Who is held out: as a split says that was fixed once, or chosen by the program</source>
        <translation>Wer zurückgehalten wird: nach einer einmal festgelegten Aufteilung oder vom Programm gewählt</translation>
    </message>
    <message>
        <source>Who wears it</source>
        <translation>Wer es trägt</translation>
    </message>
    <message>
        <source>Whole channels are gone, so file, arena, work and time all fall, and nothing has to know.</source>
        <translation>Ganze Kanäle sind weg, also sinken Datei, Arena, Rechenarbeit und Zeit, und nichts muss davon wissen.</translation>
    </message>
    <message>
        <source>Whole numbers from -128 to 127, in 8 bits. Boards compute in them; training computes in float32, numbers of 32 bits.</source>
        <translation>Ganze Zahlen von -128 bis 127, in 8 Bit. Boards rechnen damit; das Training rechnet in float32, Zahlen mit 32 Bit.</translation>
    </message>
    <message>
        <source>Whole people</source>
        <translation>Ganze Personen</translation>
    </message>
    <message>
        <source>Whole recordings replayed: {missed} of {changes} changes of activity missed.</source>
        <translation>Ganze Aufnahmen abgespielt: {missed} von {changes} Wechseln der Aktivität verpasst.</translation>
    </message>
    <message>
        <source>Whole sessions</source>
        <translation>Ganze Sitzungen</translation>
    </message>
    <message>
        <source>Whose key a board obeys: only the owner can change it, and only models that the owner pushed run on it. The first push to a board makes its owner, unless you choose otherwise.</source>
        <translation>Wessen Schlüssel ein Board gehorcht: Nur der Besitzer kann es ändern, und nur von ihm übertragene Modelle laufen darauf. Die erste Übertragung auf ein Board macht seinen Besitzer, wenn Sie es nicht anders wählen.</translation>
    </message>
    <message>
        <source>Why is it wrong on me?</source>
        <translation>Warum bei mir falsch?</translation>
    </message>
    <message>
        <source>Why is it wrong on me? {board}</source>
        <translation>Warum bei mir falsch? {board}</translation>
    </message>
    <message>
        <source>Window after window (Space)</source>
        <translation>Fenster um Fenster (Leertaste)</translation>
    </message>
    <message>
        <source>Window {number} of {count}: {place}</source>
        <translation>Fenster {number} von {count}: {place}</translation>
    </message>
    <message>
        <source>Windows are never split at random: neighbours overlap, so the test would hold what was trained on. `motionloop evaluate --lesson leaky` shows what that does.</source>
        <translation>Fenster werden nie zufällig geteilt: Nachbarn überschneiden sich, der Test enthielte also Trainiertes. `motionloop evaluate --lesson leaky` zeigt, was das anrichtet.</translation>
    </message>
    <message>
        <source>Windows of {points} points at {rate_hz:g} Hz cannot be made from samples</source>
        <translation>Fenster von {points} Punkten mit {rate_hz:g} Hz lassen sich nicht machen aus Messwerten</translation>
    </message>
    <message>
        <source>Windows overlap, and a random split puts neighbours on both sides: {leaky:.0f} % of the windows tested shared samples with one trained on ({honest:.0f} % when split by {unit}). Even those that do not are of the same minute of the same walk by the same person, with the board strapped on the same way. The model can recognise the occasion instead of the activity.</source>
        <translation>Fenster überlappen, und eine zufällige Aufteilung bringt Nachbarn auf beide Seiten: {leaky:.0f} % der getesteten Fenster teilten Messwerte mit einem, mit dem trainiert wurde ({honest:.0f} % bei Aufteilung nach {unit}). Auch die anderen sind aus derselben Minute desselben Gangs derselben Person, mit gleich umgeschnalltem Board. Das Modell kann die Gelegenheit erkennen statt der Aktivität.</translation>
    </message>
    <message>
        <source>With a tick, only you can push to the board from then on. Remove the tick for a board that others push to, too, such as one that is lent</source>
        <translation>Mit Haken können von da an nur Sie auf das Board übertragen. Den Haken entfernen, wenn auch andere auf das Board übertragen, etwa bei einem verliehenen</translation>
    </message>
    <message>
        <source>Without labels that are too short: {labels}.</source>
        <translation>Ohne zu kurze Labels: {labels}.</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>X [n, 6], y [n], session [n], label_names, and rate_hz, t_us [n] or t_ms [n]</source>
        <translation>X [n, 6], y [n], session [n], label_names, und rate_hz, t_us [n] oder t_ms [n]</translation>
    </message>
    <message>
        <source>XDF: for the Lab Streaming Layer</source>
        <translation>XDF: für das Lab Streaming Layer</translation>
    </message>
    <message>
        <source>You are in the group {group}, but this session is older than that: log out and in again, or restart the computer.</source>
        <translation>Sie sind in der Gruppe {group}, aber diese Sitzung ist älter: ab- und wieder anmelden oder den Computer neu starten.</translation>
    </message>
    <message>
        <source>You have another key, {other}, in {file}. With {key} in its place the boards of {other} would take you for a stranger. If you want that, use --replace: your key is kept beside the new one.</source>
        <translation>Sie haben einen anderen Schlüssel, {other}, in {file}. Mit {key} an seiner Stelle hielten die Boards von {other} Sie für fremd. Wenn Sie das wollen, nehmen Sie --replace: Ihr Schlüssel bleibt neben dem neuen erhalten.</translation>
    </message>
    <message>
        <source>You may not open {device}. {advice}</source>
        <translation>{device} darf nicht geöffnet werden. {advice}</translation>
    </message>
    <message>
        <source>You move more strongly than anybody in the training ({strong:.2f} g, in the training at most {high:.2f} g).</source>
        <translation>Sie bewegen sich stärker als alle im Training ({strong:.2f} g, im Training höchstens {high:.2f} g).</translation>
    </message>
    <message>
        <source>You, in the newest window</source>
        <translation>Sie, im neuesten Fenster</translation>
    </message>
    <message>
        <source>Your key cannot be written to {file} ({error}). Give yourself the right to write there, and make room on the disk.</source>
        <translation>Ihr Schlüssel kann nicht in {file} geschrieben werden ({error}). Geben Sie sich das Recht, dort zu schreiben, und schaffen Sie Platz auf dem Datenträger.</translation>
    </message>
    <message>
        <source>Your key {file} cannot be used ({error}). Bring it back from a copy or your other computer. Without any copy, move the file away: a new key is made, and your boards must be reset over USB (docs/security.md).</source>
        <translation>Ihr Schlüssel {file} ist nicht zu gebrauchen ({error}). Holen Sie ihn aus einer Kopie oder von Ihrem anderen Computer zurück. Ohne Kopie verschieben Sie die Datei: Ein neuer Schlüssel entsteht, und Ihre Boards müssen über USB zurückgesetzt werden (docs/security.md).</translation>
    </message>
    <message>
        <source>Zeros and few values together: the smallest gzip for this many weights, and on the board as large as ever.</source>
        <translation>Nullen und wenige Werte zusammen: das kleinste gzip für so viele Gewichte, und auf dem Board so groß wie immer.</translation>
    </message>
    <message>
        <source>Zip (*.zip)</source>
        <translation>Zip (*.zip)</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>[ and ]</source>
        <translation>[ und ]</translation>
    </message>
    <message>
        <source>`--axes accel` trains a model that needs no gyroscope.</source>
        <translation>`--axes accel` trainiert ein Modell, das kein Gyroskop braucht.</translation>
    </message>
    <message>
        <source>`--despite {kind}` trains in spite of it.</source>
        <translation>`--despite {kind}` trainiert trotzdem.</translation>
    </message>
    <message>
        <source>`--hop` is {hop}, and must be from 1 to {max_window} points.</source>
        <translation>`--hop` ist {hop} und muss 1 bis {max_window} Punkte sein.</translation>
    </message>
    <message>
        <source>`--skip-bad` goes on without them.</source>
        <translation>`--skip-bad` macht ohne sie weiter.</translation>
    </message>
    <message>
        <source>`motionloop import FILE --accel-unit m/s2` converts it.</source>
        <translation>`motionloop import FILE --accel-unit m/s2` rechnet es um.</translation>
    </message>
    <message>
        <source>`motionloop import FILE --accel-unit mg` converts it.</source>
        <translation>`motionloop import FILE --accel-unit mg` rechnet es um.</translation>
    </message>
    <message>
        <source>`motionloop import FILE --accel-unit {steps}/g` converts it: the number is the length at rest.</source>
        <translation>`motionloop import FILE --accel-unit {steps}/g` rechnet es um: Die Zahl ist die Länge in Ruhe.</translation>
    </message>
    <message>
        <source>`motionloop import FILE --gyro-unit deg/s` converts it.</source>
        <translation>`motionloop import FILE --gyro-unit deg/s` rechnet es um.</translation>
    </message>
    <message>
        <source>`motionloop import FILE --gyro-unit rad/s` reads it as it is.</source>
        <translation>`motionloop import FILE --gyro-unit rad/s` liest es, wie es ist.</translation>
    </message>
    <message>
        <source>`motionloop import FILE --gyro-unit` with mdps, mrad/s or the steps per degree per second, such as 131/dps, converts it.</source>
        <translation>`motionloop import FILE --gyro-unit` mit mdps, mrad/s oder den Schritten je Grad pro Sekunde, etwa 131/dps, rechnet es um.</translation>
    </message>
    <message>
        <source>`motionloop import FILE --rate-hz {rate}`, if the times are right.</source>
        <translation>`motionloop import FILE --rate-hz {rate}`, wenn die Zeiten stimmen.</translation>
    </message>
    <message>
        <source>`motionloop tune` needs Optuna: `{command}`</source>
        <translation>`motionloop tune` braucht Optuna: `{command}`</translation>
    </message>
    <message>
        <source>a constant is not in the file or has another size than its tensor</source>
        <translation>eine Konstante ist nicht in der Datei oder hat eine andere Größe als ihr Tensor</translation>
    </message>
    <message>
        <source>a folder that `motionloop train` made</source>
        <translation>ein Ordner, den `motionloop train` gemacht hat</translation>
    </message>
    <message>
        <source>a golden window took {detail} ms, longer than a board may compute on one. The old model goes on; train a smaller one (fewer filters, a shorter window).</source>
        <translation>ein Prüffenster dauerte {detail} ms, länger als ein Board an einem rechnen darf. Das alte Modell läuft weiter; ein kleineres trainieren (weniger Filter, ein kürzeres Fenster).</translation>
    </message>
    <message>
        <source>a label appears twice</source>
        <translation>ein Label kommt zweimal vor</translation>
    </message>
    <message>
        <source>a label needs a name</source>
        <translation>ein Label braucht einen Namen</translation>
    </message>
    <message>
        <source>a letter or two</source>
        <translation>ein oder zwei Buchstaben</translation>
    </message>
    <message>
        <source>a model in slot {slot}</source>
        <translation>ein Modell in Platz {slot}</translation>
    </message>
    <message>
        <source>a model of elsewhere</source>
        <translation>ein Modell von anderswo</translation>
    </message>
    <message>
        <source>a model that is no package</source>
        <translation>ein Modell, das kein Paket ist</translation>
    </message>
    <message>
        <source>a model with {count} classes</source>
        <translation>ein Modell mit {count} Klassen</translation>
    </message>
    <message>
        <source>a package of {bytes} bytes in a slot of {slot_bytes}</source>
        <translation>ein Paket von {bytes} Bytes in einem Platz von {slot_bytes}</translation>
    </message>
    <message>
        <source>a plan would not read {label!r} as a label</source>
        <translation>ein Plan würde {label!r} nicht als Label lesen</translation>
    </message>
    <message>
        <source>a point earlier or later</source>
        <translation>einen Punkt früher oder später</translation>
    </message>
    <message>
        <source>a rate of {rate:g} Hz</source>
        <translation>eine Rate von {rate:g} Hz</translation>
    </message>
    <message>
        <source>a recording needs a name</source>
        <translation>eine Aufnahme braucht einen Namen</translation>
    </message>
    <message>
        <source>a scale is below 1 or above {highest_scale}</source>
        <translation>eine Skala ist unter 1 oder über {highest_scale}</translation>
    </message>
    <message>
        <source>a sensor with the number {number}</source>
        <translation>ein Sensor mit der Nummer {number}</translation>
    </message>
    <message>
        <source>a tensor has a shape, type or quantization that the board&apos;s operators do not take</source>
        <translation>ein Tensor hat eine Form, einen Typ oder eine Quantisierung, die die Operatoren des Boards nicht nehmen</translation>
    </message>
    <message>
        <source>a time of {time_us} us</source>
        <translation>eine Zeit von {time_us} us</translation>
    </message>
    <message>
        <source>about {seconds:.0f} s in {one} and {other}</source>
        <translation>etwa {seconds:.0f} s in {one} und {other}</translation>
    </message>
    <message>
        <source>about {seconds:.0f} s left</source>
        <translation>noch {seconds:.0f} s</translation>
    </message>
    <message>
        <source>about {seconds:.0f} s twice in {one}</source>
        <translation>etwa {seconds:.0f} s zweimal in {one}</translation>
    </message>
    <message>
        <source>acceleration</source>
        <translation>Beschleunigung</translation>
    </message>
    <message>
        <source>acceleration from {columns}</source>
        <translation>Beschleunigung aus {columns}</translation>
    </message>
    <message>
        <source>acceleration in {unit}</source>
        <translation>Beschleunigung in {unit}</translation>
    </message>
    <message>
        <source>acceleration is the sum of gravity and the user&apos;s acceleration, which the file has</source>
        <translation>Beschleunigung ist die Summe aus Schwerkraft und eigener Beschleunigung, die in der Datei stehen</translation>
    </message>
    <message>
        <source>acceleration is the sum of {first} and {other}</source>
        <translation>Beschleunigung ist die Summe aus {first} und {other}</translation>
    </message>
    <message>
        <source>acceleration without gravity</source>
        <translation>Beschleunigung ohne Schwerkraft</translation>
    </message>
    <message>
        <source>acceleration without gravity: there is no other in the file</source>
        <translation>Beschleunigung ohne Schwerkraft: Eine andere ist nicht in der Datei</translation>
    </message>
    <message>
        <source>all axes keep their values for up to {held:.1f} s</source>
        <translation>alle Achsen behalten ihre Werte bis zu {held:.1f} s lang</translation>
    </message>
    <message>
        <source>an arena of {bytes} bytes, and a board has {most}</source>
        <translation>eine Arena von {bytes} Bytes, und ein Board hat {most}</translation>
    </message>
    <message>
        <source>an ending</source>
        <translation>eine Endung</translation>
    </message>
    <message>
        <source>an operator does not fit the shapes of its tensors</source>
        <translation>ein Operator passt nicht zu den Formen seiner Tensoren</translation>
    </message>
    <message>
        <source>an operator reads a tensor that no operator before it has made</source>
        <translation>ein Operator liest einen Tensor, den kein Operator davor gemacht hat</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
    <message>
        <source>another&apos;s (key id {owner})</source>
        <translation>gehört jemand anderem (Schlüssel {owner})</translation>
    </message>
    <message>
        <source>arena</source>
        <translation>Arena</translation>
    </message>
    <message>
        <source>as Sensor Logger&apos;s documentation says</source>
        <translation>wie in der Dokumentation von Sensor Logger</translation>
    </message>
    <message>
        <source>as found</source>
        <translation>wie gefunden</translation>
    </message>
    <message>
        <source>as given</source>
        <translation>wie angegeben</translation>
    </message>
    <message>
        <source>as high as what is in view, or as all of the recording</source>
        <translation>so hoch wie das Sichtbare oder wie die ganze Aufnahme</translation>
    </message>
    <message>
        <source>as the data set&apos;s documentation says</source>
        <translation>wie in der Dokumentation des Datensatzes</translation>
    </message>
    <message>
        <source>as the file says</source>
        <translation>wie in der Datei angegeben</translation>
    </message>
    <message>
        <source>as the layout has it</source>
        <translation>wie im Format festgelegt</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>average pooling</source>
        <translation>Mittelwert-Pooling</translation>
    </message>
    <message>
        <source>base</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>better by {points:.1f} points</source>
        <translation>um {points:.1f} Punkte besser</translation>
    </message>
    <message>
        <source>bridge_ms is {bridge_ms}, not from 0 to {longest_bridge_ms:g}</source>
        <translation>bridge_ms ist {bridge_ms}, nicht 0 bis {longest_bridge_ms:g}</translation>
    </message>
    <message>
        <source>by the file&apos;s name</source>
        <translation>nach dem Dateinamen</translation>
    </message>
    <message>
        <source>by the folder&apos;s name</source>
        <translation>nach dem Ordnernamen</translation>
    </message>
    <message>
        <source>by the header</source>
        <translation>nach der Kopfzeile</translation>
    </message>
    <message>
        <source>by {kind}: {names}</source>
        <translation>nach {kind}: {names}</translation>
    </message>
    <message>
        <source>cannot be read ({cause})</source>
        <translation>lässt sich nicht lesen ({cause})</translation>
    </message>
    <message>
        <source>cannot be used: {error}</source>
        <translation>ist nicht verwendbar: {error}</translation>
    </message>
    <message>
        <source>case, spaces or signs</source>
        <translation>Groß- und Kleinschreibung, Leerzeichen oder Zeichen</translation>
    </message>
    <message>
        <source>changed since it was exported: read like the file of another program</source>
        <translation>seit dem Export geändert: gelesen wie die Datei eines anderen Programms</translation>
    </message>
    <message>
        <source>check {detail} failed, which only newer programs know. Update the program.</source>
        <translation>Prüfung {detail} schlug fehl, die nur neuere Programme kennen. Das Programm aktualisieren.</translation>
    </message>
    <message>
        <source>checks</source>
        <comment>a board checks its new model</comment>
        <translation>prüft</translation>
    </message>
    <message>
        <source>clustered</source>
        <translation>gruppiert</translation>
    </message>
    <message>
        <source>code {code} = {value:.3g}</source>
        <translation>Code {code} = {value:.3g}</translation>
    </message>
    <message>
        <source>code {code} = {value:.3g} {unit}</source>
        <translation>Code {code} = {value:.3g} {unit}</translation>
    </message>
    <message>
        <source>column {number}</source>
        <translation>Spalte {number}</translation>
    </message>
    <message>
        <source>columns left out: {columns}</source>
        <translation>weggelassene Spalten: {columns}</translation>
    </message>
    <message>
        <source>companded</source>
        <translation>komprimiert</translation>
    </message>
    <message>
        <source>companded, less mean</source>
        <translation>komprimiert, ohne Mittel</translation>
    </message>
    <message>
        <source>compiling</source>
        <translation>übersetzen</translation>
    </message>
    <message>
        <source>concatenation</source>
        <translation>Aneinanderreihung</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>connection attempt</source>
        <comment>a request to a board</comment>
        <translation>beim Verbinden</translation>
    </message>
    <message>
        <source>convolution</source>
        <translation>Faltung</translation>
    </message>
    <message>
        <source>correct that line, or remove it and its sample is then declared as lost</source>
        <translation>die Zeile berichtigen, oder sie entfernen, dann gilt ihr Messwert als verloren</translation>
    </message>
    <message>
        <source>cut off at the begin or the end</source>
        <translation>am Anfang oder Ende abgeschnitten</translation>
    </message>
    <message>
        <source>dates and times</source>
        <translation>Datum und Uhrzeit</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>vollverbunden</translation>
    </message>
    <message>
        <source>depthwise convolution</source>
        <translation>tiefenweise Faltung</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>draw, move, or change an end</source>
        <translation>zeichnen, verschieben oder ein Ende ändern</translation>
    </message>
    <message>
        <source>drift_ppm is {drift_ppm}, which no clock has</source>
        <translation>drift_ppm ist {drift_ppm}, was keine Uhr hat</translation>
    </message>
    <message>
        <source>duplicated {duplicated}   saturated {saturated}</source>
        <translation>doppelt {duplicated}   übersteuert {saturated}</translation>
    </message>
    <message>
        <source>each marker is taken for a label that lasts until the next marker</source>
        <translation>jede Marke gilt als Label, das bis zur nächsten Marke reicht</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>erasing</source>
        <translation>löschen</translation>
    </message>
    <message>
        <source>estimate (cycle model)</source>
        <translation>Schätzung (Taktmodell)</translation>
    </message>
    <message>
        <source>event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>everyone</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>fault {detail} of a signature, which only newer programs know. Update the program.</source>
        <translation>Fehler {detail} einer Unterschrift, den nur neuere Programme kennen. Aktualisieren Sie das Programm.</translation>
    </message>
    <message>
        <source>files left out: {names}</source>
        <translation>weggelassene Dateien: {names}</translation>
    </message>
    <message>
        <source>find events, such as gestures; then 1 to 9 labels them all</source>
        <translation>Ereignisse finden, etwa Gesten; dann gibt 1 bis 9 allen ein Label</translation>
    </message>
    <message>
        <source>firmware and model are read when it is connected</source>
        <translation>Firmware und Modell werden beim Verbinden gelesen</translation>
    </message>
    <message>
        <source>firmware {version}</source>
        <translation>Firmware {version}</translation>
    </message>
    <message>
        <source>first answer</source>
        <translation>erste Antwort</translation>
    </message>
    <message>
        <source>fold {number} of {count}, seed {seed}</source>
        <translation>Durchgang {number} von {count}, Startwert {seed}</translation>
    </message>
    <message>
        <source>for the first window</source>
        <translation>auf das erste Fenster</translation>
    </message>
    <message>
        <source>format or schema version {detail} is unknown to its firmware. Update the board with `motionloop flash`.</source>
        <translation>seine Firmware kennt Format- oder Schemaversion {detail} nicht. Das Board mit `motionloop flash` aktualisieren.</translation>
    </message>
    <message>
        <source>format {version} is newer than this program&apos;s ({format}): update it</source>
        <translation>Format {version} ist neuer als das dieses Programms ({format}): es aktualisieren</translation>
    </message>
    <message>
        <source>gap</source>
        <translation>Lücke</translation>
    </message>
    <message>
        <source>global average pooling</source>
        <translation>Mittel über das Fenster</translation>
    </message>
    <message>
        <source>going on, or cut off</source>
        <translation>läuft noch oder ist abgeschnitten</translation>
    </message>
    <message>
        <source>golden window {detail} gives other outputs on the board than in training. The old model goes on; update the firmware or train the model again.</source>
        <translation>Prüffenster {detail} gibt auf dem Board andere Ausgaben als im Training. Das alte Modell läuft weiter; die Firmware aktualisieren oder das Modell neu trainieren.</translation>
    </message>
    <message>
        <source>gravity</source>
        <translation>Schwerkraft</translation>
    </message>
    <message>
        <source>gravity turns {ratio:.2g} times as fast as its numbers say in rad/s</source>
        <translation>die Schwerkraft dreht sich {ratio:.2g}-mal so schnell, wie die Zahlen in rad/s sagen</translation>
    </message>
    <message>
        <source>has X of {type} {shape}, not numbers [n, {axes}]</source>
        <translation>hat X als {type} {shape}, nicht Zahlen [n, {axes}]</translation>
    </message>
    <message>
        <source>has a fraction in seq or t_us</source>
        <translation>hat einen Bruch in seq oder t_us</translation>
    </message>
    <message>
        <source>has a number out of range</source>
        <translation>hat eine Zahl außerhalb des Bereichs</translation>
    </message>
    <message>
        <source>has a rate_hz of {rate_hz:g}, not above 0 and up to 100000</source>
        <translation>hat als rate_hz {rate_hz:g}, nicht über 0 und bis 100000</translation>
    </message>
    <message>
        <source>has a value that the board&apos;s scale cannot give</source>
        <translation>hat einen Wert, den die Skala des Boards nicht ergeben kann</translation>
    </message>
    <message>
        <source>has a {name} that is not above the line before</source>
        <translation>hat als {name} keinen höheren Wert als die Zeile davor</translation>
    </message>
    <message>
        <source>has an array {name!r} that is damaged or holds Python objects, which are not loaded because they could run code</source>
        <translation>hat ein Feld {name!r}, das beschädigt ist oder Python-Objekte enthält; diese werden nicht geladen, weil sie Code ausführen könnten</translation>
    </message>
    <message>
        <source>has label_names of {type} {shape}, not texts [k]</source>
        <translation>hat label_names als {type} {shape}, nicht Texte [k]</translation>
    </message>
    <message>
        <source>has labels {least} to {most} in y, but label_names has {count} names</source>
        <translation>hat Labels {least} bis {most} in y, aber label_names hat {count} Namen</translation>
    </message>
    <message>
        <source>has neither t_us nor t_ms nor a number rate_hz</source>
        <translation>hat weder t_us noch t_ms noch eine Zahl rate_hz</translation>
    </message>
    <message>
        <source>has no array {names}</source>
        <translation>hat kein Array {names}</translation>
    </message>
    <message>
        <source>has no session with two samples, so {name} gives no rate</source>
        <translation>hat keine Sitzung mit zwei Messwerten, {name} ergibt also keine Rate</translation>
    </message>
    <message>
        <source>has {count} rows of X that are not numbers, the first at {first}</source>
        <translation>hat in X {count} Zeilen, die keine Zahlen sind, die erste bei {first}</translation>
    </message>
    <message>
        <source>has {name} of {type} {shape}, not numbers ({count},)</source>
        <translation>hat {name} als {type} {shape}, nicht Zahlen ({count},)</translation>
    </message>
    <message>
        <source>has {name} of {type} {shape}, not whole numbers ({count},)</source>
        <translation>hat {name} als {type} {shape}, nicht ganze Zahlen ({count},)</translation>
    </message>
    <message>
        <source>has {name} that begins again at row {row}, inside one session</source>
        <translation>hat {name}, das bei Zeile {row} neu beginnt, mitten in einer Sitzung</translation>
    </message>
    <message>
        <source>has {name} that is negative, too large or no number at row {row}</source>
        <translation>hat in Zeile {row} ein {name}, das negativ, zu groß oder keine Zahl ist</translation>
    </message>
    <message>
        <source>have a segment begin or end at the cursor</source>
        <translation>einen Abschnitt am Cursor beginnen oder enden lassen</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>zurückgehalten</translation>
    </message>
    <message>
        <source>held out by person: {names}</source>
        <translation>zurückgehalten nach Person: {names}</translation>
    </message>
    <message>
        <source>held out by session: {names}</source>
        <translation>zurückgehalten nach Sitzung: {names}</translation>
    </message>
    <message>
        <source>hop of {points} points</source>
        <translation>Schritt von {points} Punkten</translation>
    </message>
    <message>
        <source>in use on this computer</source>
        <translation>auf diesem Computer in Gebrauch</translation>
    </message>
    <message>
        <source>in {unit} since 1970, by their size</source>
        <translation>in {unit} seit 1970, nach der Größe</translation>
    </message>
    <message>
        <source>in {unit}, as given</source>
        <translation>in {unit}, wie angegeben</translation>
    </message>
    <message>
        <source>in {unit}, by the header</source>
        <translation>in {unit}, nach der Kopfzeile</translation>
    </message>
    <message>
        <source>in {unit}, by their steps</source>
        <translation>in {unit}, nach den Schritten</translation>
    </message>
    <message>
        <source>input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>installing the toolchain</source>
        <translation>Werkzeuge installieren</translation>
    </message>
    <message>
        <source>int8</source>
        <translation>int8</translation>
    </message>
    <message>
        <source>int8 by LiteRT: the last bit can differ from the board&apos;s</source>
        <translation>int8 von LiteRT: Das letzte Bit kann vom Board abweichen</translation>
    </message>
    <message>
        <source>int8 by TFLite Micro, as on the board</source>
        <translation>int8 von TFLite Micro, wie auf dem Board</translation>
    </message>
    <message>
        <source>int8 figures come from LiteRT, not from the board&apos;s TFLite Micro.</source>
        <translation>Die int8-Zahlen kommen von LiteRT, nicht vom TFLite Micro des Boards.</translation>
    </message>
    <message>
        <source>is a single array, not an .npz file</source>
        <translation>ist ein einzelnes Feld, keine .npz-Datei</translation>
    </message>
    <message>
        <source>is damaged ({cause})</source>
        <translation>ist beschädigt ({cause})</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>is not a sample</source>
        <translation>ist kein Messwert</translation>
    </message>
    <message>
        <source>is not an .npz file, or is cut off</source>
        <translation>ist keine .npz-Datei oder abgeschnitten</translation>
    </message>
    <message>
        <source>is not the header of a recording</source>
        <translation>ist nicht die Kopfzeile einer Aufnahme</translation>
    </message>
    <message>
        <source>is not valid JSON (line {line}, column {column}: {message})</source>
        <translation>ist kein gültiges JSON (Zeile {line}, Spalte {column}: {message})</translation>
    </message>
    <message>
        <source>it asks for its model from byte {offset} on, again and again</source>
        <translation>es verlangt sein Modell immer wieder ab Byte {offset}</translation>
    </message>
    <message>
        <source>it belongs to another owner, and others may not do that. Ask them, or have the board forget its owner over USB (`motionloop flash --forget-owner`).</source>
        <translation>es gehört einem anderen Besitzer, und andere dürfen das nicht. Fragen Sie ihn, oder lassen Sie das Board seinen Besitzer über USB vergessen (`motionloop flash --forget-owner`).</translation>
    </message>
    <message>
        <source>it computes {thousands:,} thousand multiply-accumulates per window, or what takes as long, and a board takes at most {most:,} thousand</source>
        <translation>es rechnet {thousands:,} Tausend Multiplikationen mit Addition je Fenster oder gleich Langes, und ein Board nimmt höchstens {most:,} Tausend</translation>
    </message>
    <message>
        <source>it did not understand a command of {detail} bytes. Update board and program to the same version.</source>
        <translation>es verstand einen Befehl von {detail} Bytes nicht. Board und Programm auf dieselbe Version bringen.</translation>
    </message>
    <message>
        <source>it does not have exactly one graph</source>
        <translation>es hat nicht genau einen Graphen</translation>
    </message>
    <message>
        <source>it does not rest between them (its quiet moments have a strength of {strength:.2f}, rest has {most:g} at most)</source>
        <translation>zwischen ihnen ist keine Ruhe (ihre stillen Momente haben eine Stärke von {strength:.2f}, Ruhe hat höchstens {most:g})</translation>
    </message>
    <message>
        <source>it hardly moves (its motion has a strength of {strength:.2f}, an event has {least:g} at least)</source>
        <translation>sie bewegt sich kaum (ihre Bewegung hat eine Stärke von {strength:.2f}, ein Ereignis hat mindestens {least:g})</translation>
    </message>
    <message>
        <source>it has 1 sample</source>
        <translation>es gibt 1 Messwert</translation>
    </message>
    <message>
        <source>it has a value that is no number</source>
        <translation>sie hat einen Wert, der keine Zahl ist</translation>
    </message>
    <message>
        <source>it has another model at each look</source>
        <translation>es hat bei jedem Blick ein anderes Modell</translation>
    </message>
    <message>
        <source>it has more than {largest:,} bytes</source>
        <translation>sie hat mehr als {largest:,} Bytes</translation>
    </message>
    <message>
        <source>it has no interval_ms</source>
        <translation>sie hat kein interval_ms</translation>
    </message>
    <message>
        <source>it has no owner, and its flash has to last: after {count} pushes and rollbacks in a row it takes one every {minutes} min. Wait {wait} min and try again.</source>
        <translation>es hat keinen Besitzer, und sein Flash-Speicher muss lange halten: Nach {count} Übertragungen und Wechseln zum vorigen Modell in Folge nimmt es alle {minutes} min nur noch eine an. Warten Sie {wait} min und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>it has parts that no board needs, such as metadata or signatures, and that a reader of the file would act on</source>
        <translation>es hat Teile, die kein Board braucht, etwa Metadaten oder Signaturen, und nach denen sich ein Leser der Datei richten würde</translation>
    </message>
    <message>
        <source>it has rotation only.</source>
        <translation>es hat nur Drehung.</translation>
    </message>
    <message>
        <source>it has {count} samples of one time</source>
        <translation>es gibt {count} Messwerte derselben Zeit</translation>
    </message>
    <message>
        <source>it has {now} labels instead of {before}</source>
        <translation>sie hat {now} Labels statt {before}</translation>
    </message>
    <message>
        <source>it has {seconds:.1f} s to look at</source>
        <translation>es sind {seconds:.1f} s zum Ansehen da</translation>
    </message>
    <message>
        <source>it holds no model to do that with: too few were pushed. Push one with `motionloop push`.</source>
        <translation>es hat kein Modell dafür: Zu wenige wurden übertragen. Eines mit `motionloop push` übertragen.</translation>
    </message>
    <message>
        <source>it holds no samples (its values are empty)</source>
        <translation>sie enthält keine Messwerte (values ist leer)</translation>
    </message>
    <message>
        <source>it holds {count:,} files, more than {most:,}</source>
        <translation>es enthält {count:,} Dateien, mehr als {most:,}</translation>
    </message>
    <message>
        <source>it holds {held} samples from {held_first}, asked for {count} from {first}</source>
        <translation>es hält {held} Messwerte ab {held_first}, gefragt waren {count} ab {first}</translation>
    </message>
    <message>
        <source>it holds {offset} bytes of a package, of which {sent} were sent</source>
        <translation>es hat {offset} Bytes eines Pakets, von dem {sent} gesendet wurden</translation>
    </message>
    <message>
        <source>it is a link to elsewhere, and nothing is written through links</source>
        <translation>es ist ein Verweis nach anderswo, und durch Verweise wird nichts geschrieben</translation>
    </message>
    <message>
        <source>it is damaged ({error})</source>
        <translation>sie ist beschädigt ({error})</translation>
    </message>
    <message>
        <source>it is damaged: a part of it lies outside the file or is not aligned</source>
        <translation>es ist beschädigt: Ein Teil liegt außerhalb der Datei oder ist nicht ausgerichtet</translation>
    </message>
    <message>
        <source>it is empty; check the path.</source>
        <translation>es ist leer; den Pfad prüfen.</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>es ist zu tief verschachtelt</translation>
    </message>
    <message>
        <source>it is no TensorFlow Lite file</source>
        <translation>es ist keine Datei von TensorFlow Lite</translation>
    </message>
    <message>
        <source>it is no file, but a folder, a pipe or a device</source>
        <translation>es ist keine Datei, sondern ein Ordner, eine Pipe oder ein Gerät</translation>
    </message>
    <message>
        <source>it is not a JSON object</source>
        <translation>es ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>it is not in g</source>
        <translation>sie ist nicht in g</translation>
    </message>
    <message>
        <source>it is not in rad/s</source>
        <translation>sie ist nicht in rad/s</translation>
    </message>
    <message>
        <source>it is not signed by the board&apos;s owner. The old model goes on.</source>
        <translation>der Besitzer des Boards hat nicht unterschrieben. Das alte Modell läuft weiter.</translation>
    </message>
    <message>
        <source>it is of a newer version of this program</source>
        <translation>sie ist von einer neueren Version dieses Programms</translation>
    </message>
    <message>
        <source>it is still working on another command. Wait a moment and try again.</source>
        <translation>es arbeitet noch an einem anderen Befehl. Einen Moment warten und erneut versuchen.</translation>
    </message>
    <message>
        <source>it is switched off</source>
        <translation>es ist ausgeschaltet</translation>
    </message>
    <message>
        <source>it is the journal of several databases, which names files elsewhere</source>
        <translation>die Datei ist das Journal mehrerer Datenbanken und nennt Dateien an anderer Stelle</translation>
    </message>
    <message>
        <source>it is {packed:,} bytes long and would become {size:,}, which no recordings do</source>
        <translation>es ist {packed:,} Bytes lang und würde zu {size:,}, wie es bei Aufnahmen nicht vorkommt</translation>
    </message>
    <message>
        <source>it names a file elsewhere, {name!r}</source>
        <translation>sie nennt eine Datei anderswo, {name!r}</translation>
    </message>
    <message>
        <source>it needs {faults}</source>
        <translation>es braucht {faults}</translation>
    </message>
    <message>
        <source>it passes every check, but TensorFlow Lite Micro cannot prepare it</source>
        <translation>es besteht jede Prüfung, aber TensorFlow Lite Micro kann es nicht vorbereiten</translation>
    </message>
    <message>
        <source>it reaches {most:.4g} in motion of {unrest:.2g} g: too little to be degrees</source>
        <translation>sie erreicht {most:.4g} bei Bewegung von {unrest:.2g} g: zu wenig für Grad</translation>
    </message>
    <message>
        <source>it reaches {most:.4g}, and too little turns to show its unit</source>
        <translation>sie erreicht {most:.4g}, und es dreht sich zu wenig, um die Einheit zu zeigen</translation>
    </message>
    <message>
        <source>it reaches {most:.4g}, more than 4,000 degrees per second</source>
        <translation>sie erreicht {most:.4g}, mehr als 4.000 Grad pro Sekunde</translation>
    </message>
    <message>
        <source>it reaches {most:.4g}, more than any sensor has in rad/s</source>
        <translation>sie erreicht {most:.4g}, mehr als jeder Sensor in rad/s hat</translation>
    </message>
    <message>
        <source>it said nothing</source>
        <translation>es sagte nichts</translation>
    </message>
    <message>
        <source>it sends no samples but those that are known</source>
        <translation>es schickt nur Messwerte, die schon bekannt sind</translation>
    </message>
    <message>
        <source>it took the model, and runs model {model}</source>
        <translation>es nahm das Modell an, und es läuft Modell {model}</translation>
    </message>
    <message>
        <source>its adapter is busy or does not answer</source>
        <translation>der Adapter ist beschäftigt oder antwortet nicht</translation>
    </message>
    <message>
        <source>its end is missing. Put it back from a backup if there is one.</source>
        <translation>Das Ende fehlt. Aus einer Sicherung zurücklegen, wenn es eine gibt.</translation>
    </message>
    <message>
        <source>its flash failed at {detail:#x}. The old model goes on; restart the board and push again.</source>
        <translation>sein Flash-Speicher versagte bei {detail:#x}. Das alte Modell läuft weiter; das Board neu starten und erneut übertragen.</translation>
    </message>
    <message>
        <source>its format is {found}, not {format}</source>
        <translation>das Format ist {found}, nicht {format}</translation>
    </message>
    <message>
        <source>its interval_ms is {interval_ms:g}</source>
        <translation>ihr interval_ms ist {interval_ms:g}</translation>
    </message>
    <message>
        <source>its interval_ms is {said!r}, which is no number</source>
        <translation>ihr interval_ms ist {said!r}, keine Zahl</translation>
    </message>
    <message>
        <source>its label is that of its name</source>
        <translation>das Label ist das im Namen</translation>
    </message>
    <message>
        <source>its length in the quietest motion is {length:.4g}</source>
        <translation>ihre Länge bei der ruhigsten Bewegung ist {length:.4g}</translation>
    </message>
    <message>
        <source>its length in the quietest motion is {length:.4g}, not near 1, 9.8 or 1,000</source>
        <translation>ihre Länge bei der ruhigsten Bewegung ist {length:.4g}, nicht nahe 1, 9,8 oder 1.000</translation>
    </message>
    <message>
        <source>its mean: {value}</source>
        <translation>ihr Mittel: {value}</translation>
    </message>
    <message>
        <source>its newest package is of the year {year}, and this computer&apos;s clock shows the year {now} (if that is wrong, set the clock)</source>
        <translation>sein neuestes Paket ist aus dem Jahr {year}, und die Uhr dieses Computers zeigt das Jahr {now} (falls das falsch ist, die Uhr stellen)</translation>
    </message>
    <message>
        <source>its operators or their inputs and outputs are too many, missing or numbered wrongly</source>
        <translation>seine Operatoren oder deren Ein- und Ausgänge sind zu viele, fehlen oder sind falsch nummeriert</translation>
    </message>
    <message>
        <source>its rejection is of other classes or channels</source>
        <translation>seine Zurückweisung ist von anderen Klassen oder Kanälen</translation>
    </message>
    <message>
        <source>its sample {number} has {count} values, for {sensors} sensors</source>
        <translation>ihr Messwert {number} hat {count} Werte, für {sensors} Sensoren</translation>
    </message>
    <message>
        <source>its sequence numbers jump in each packet</source>
        <translation>seine Folgenummern springen in jedem Paket</translation>
    </message>
    <message>
        <source>its signature is wrong: something changed on the way. Try again.</source>
        <translation>die Unterschrift ist falsch: Unterwegs hat sich etwas geändert. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>its task has {count} annotations, of one person each</source>
        <translation>ihre Aufgabe hat {count} Annotationen, von je einer Person</translation>
    </message>
    <message>
        <source>its times are texts such as {start!r}</source>
        <translation>ihre Zeiten sind Texte wie {start!r}</translation>
    </message>
    <message>
        <source>its times or numbers are below 0, or too large</source>
        <translation>Zeiten oder Nummern sind kleiner als 0 oder zu groß</translation>
    </message>
    <message>
        <source>its times or numbers do not increase</source>
        <translation>Zeiten oder Nummern steigen nicht an</translation>
    </message>
    <message>
        <source>its times step at {measured:.4g} Hz outside of holes, and its rate is said to be {said:.4g} Hz</source>
        <translation>die Zeiten schreiten außerhalb von Löchern mit {measured:.4g} Hz fort, und die Rate soll {said:.4g} Hz sein</translation>
    </message>
    <message>
        <source>its windows cannot be made from samples at {detail} mHz. The old model goes on; train with a rate that the board&apos;s sensor covers.</source>
        <translation>seine Fenster lassen sich nicht aus Messwerten mit {detail} mHz machen. Das alte Modell läuft weiter; mit einer Rate trainieren, die der Sensor des Boards schafft.</translation>
    </message>
    <message>
        <source>jittered times</source>
        <translation>ungleichmäßige Zeiten</translation>
    </message>
    <message>
        <source>kMAC</source>
        <translation>kMAC</translation>
    </message>
    <message>
        <source>kernel {size}</source>
        <translation>Kern {size}</translation>
    </message>
    <message>
        <source>label the marked stretch, or rename the selected segment</source>
        <translation>der markierten Strecke ein Label geben oder den ausgewählten Abschnitt umbenennen</translation>
    </message>
    <message>
        <source>label {label!r} {evidence}</source>
        <translation>Label {label!r} {evidence}</translation>
    </message>
    <message>
        <source>label {labels} is longer than {bytes} bytes</source>
        <translation>Label {labels} ist länger als {bytes} Bytes</translation>
    </message>
    <message>
        <source>labelled {label}</source>
        <translation>Label {label}</translation>
    </message>
    <message>
        <source>labels are said of samples that it does not have</source>
        <translation>es werden Labels zu Abtastwerten genannt, die es nicht gibt</translation>
    </message>
    <message>
        <source>labels at byte {offset} of its package</source>
        <translation>Labels bei Byte {offset} seines Pakets</translation>
    </message>
    <message>
        <source>labels from the column {column}</source>
        <translation>Labels aus der Spalte {column}</translation>
    </message>
    <message>
        <source>labels of other sessions left out: {names}</source>
        <translation>weggelassene Labels anderer Sitzungen: {names}</translation>
    </message>
    <message>
        <source>larger text, smaller text, as the system has it</source>
        <translation>größere Schrift, kleinere Schrift, wie das System</translation>
    </message>
    <message>
        <source>latency {latency}</source>
        <translation>Rechenzeit {latency}</translation>
    </message>
    <message>
        <source>left out of trainings</source>
        <translation>aus Trainings weggelassen</translation>
    </message>
    <message>
        <source>left out: {file}: {reason}</source>
        <translation>weggelassen: {file}: {reason}</translation>
    </message>
    <message>
        <source>light or dark</source>
        <translation>hell oder dunkel</translation>
    </message>
    <message>
        <source>likeness {share:.0%}</source>
        <translation>Ähnlichkeit {share:.0%}</translation>
    </message>
    <message>
        <source>line {number}</source>
        <translation>Zeile {number}</translation>
    </message>
    <message>
        <source>linking</source>
        <translation>binden</translation>
    </message>
    <message>
        <source>longer than {seconds:g} s</source>
        <translation>länger als {seconds:g} s</translation>
    </message>
    <message>
        <source>lost</source>
        <comment>of a board</comment>
        <translation>verloren</translation>
    </message>
    <message>
        <source>lost {lost}</source>
        <translation>{lost} verloren</translation>
    </message>
    <message>
        <source>map {number}</source>
        <translation>Karte {number}</translation>
    </message>
    <message>
        <source>mark a stretch</source>
        <translation>eine Strecke markieren</translation>
    </message>
    <message>
        <source>mark a stretch of the signal</source>
        <translation>eine Strecke des Signals markieren</translation>
    </message>
    <message>
        <source>marked {seconds:.2f} s: press a label&apos;s number</source>
        <translation>{seconds:.2f} s markiert: die Ziffer eines Labels drücken</translation>
    </message>
    <message>
        <source>max pooling</source>
        <translation>Maximum-Pooling</translation>
    </message>
    <message>
        <source>minutes and seconds</source>
        <translation>Minuten und Sekunden</translation>
    </message>
    <message>
        <source>model {name}</source>
        <translation>Modell {name}</translation>
    </message>
    <message>
        <source>model: being read</source>
        <translation>Modell wird gelesen</translation>
    </message>
    <message>
        <source>model: {labels}</source>
        <translation>Modell: {labels}</translation>
    </message>
    <message>
        <source>model: {name}, {count} activities</source>
        <translation>Modell: {name}, {count} Aktivitäten</translation>
    </message>
    <message>
        <source>more than {most} companders</source>
        <translation>mehr als {most} Kompander</translation>
    </message>
    <message>
        <source>move the cursor; with Ctrl ten times as far</source>
        <translation>den Cursor bewegen; mit Strg zehnmal so weit</translation>
    </message>
    <message>
        <source>move the selected segment</source>
        <translation>den ausgewählten Abschnitt verschieben</translation>
    </message>
    <message>
        <source>ms, est.</source>
        <translation>ms, gesch.</translation>
    </message>
    <message>
        <source>neither the file&apos;s name nor gravity in their numbers shows of which sensor x, y and z are</source>
        <translation>weder der Dateiname noch Schwerkraft in den Zahlen zeigt, von welchem Sensor x, y und z sind</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>new model runs</source>
        <translation>neues Modell läuft</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>no activity of the model fits</source>
        <translation>keine Aktivität des Modells passt</translation>
    </message>
    <message>
        <source>no data for the last {seconds} s</source>
        <translation>zuletzt {seconds} s lang keine Daten</translation>
    </message>
    <message>
        <source>no data from {boards}</source>
        <translation>keine Daten von {boards}</translation>
    </message>
    <message>
        <source>no golden window</source>
        <translation>kein Prüffenster</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>kein Label</translation>
    </message>
    <message>
        <source>no labels</source>
        <translation>keine Labels</translation>
    </message>
    <message>
        <source>no message</source>
        <translation>keine Meldung</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>kein Modell</translation>
    </message>
    <message>
        <source>no model on it</source>
        <translation>kein Modell darauf</translation>
    </message>
    <message>
        <source>no name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>no names</source>
        <translation>keine Namen</translation>
    </message>
    <message>
        <source>no new model</source>
        <translation>kein neues Modell</translation>
    </message>
    <message>
        <source>no port at all</source>
        <translation>gar kein Anschluss</translation>
    </message>
    <message>
        <source>no rotation at these times</source>
        <translation>keine Drehung zu diesen Zeiten</translation>
    </message>
    <message>
        <source>no rotation in the file: its three axes are zero</source>
        <translation>keine Drehung in der Datei: Ihre drei Achsen sind null</translation>
    </message>
    <message>
        <source>no rotation: {error}</source>
        <translation>keine Drehung: {error}</translation>
    </message>
    <message>
        <source>no stream</source>
        <translation>keinen Strom</translation>
    </message>
    <message>
        <source>no training was like {shown}</source>
        <translation>kein Training war wie {shown}</translation>
    </message>
    <message>
        <source>no wearer</source>
        <translation>ohne Person</translation>
    </message>
    <message>
        <source>nobody is in its test</source>
        <translation>niemand ist im Test</translation>
    </message>
    <message>
        <source>nobody named</source>
        <translation>jemand ohne Namen</translation>
    </message>
    <message>
        <source>nobody&apos;s: a push leaves it so</source>
        <translation>gehört niemandem, auch nach einer Übertragung</translation>
    </message>
    <message>
        <source>nobody&apos;s: the first push makes it yours</source>
        <translation>gehört niemandem: mit der ersten Übertragung gehört es Ihnen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none at all</source>
        <translation>gar keine</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>not read: {names}</source>
        <translation>nicht gelesen: {names}</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>noch nicht gespeichert</translation>
    </message>
    <message>
        <source>nothing lost</source>
        <translation>nichts verloren</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>numbers of samples</source>
        <translation>Nummern von Messwerten</translation>
    </message>
    <message>
        <source>of elsewhere</source>
        <translation>von anderswo</translation>
    </message>
    <message>
        <source>of the checkout {folder}</source>
        <translation>aus dem Checkout {folder}</translation>
    </message>
    <message>
        <source>on the board</source>
        <translation>auf dem Board</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>auf diesem Computer</translation>
    </message>
    <message>
        <source>on {board} yet: push one on the page Train</source>
        <translation>auf {board}: eines auf der Seite Trainieren übertragen</translation>
    </message>
    <message>
        <source>one letter</source>
        <translation>ein Buchstabe</translation>
    </message>
    <message>
        <source>one person only, of {count}, recorded {listed}</source>
        <translation>nur eine Person von {count} nahm {listed} auf</translation>
    </message>
    <message>
        <source>one sensor</source>
        <translation>einen Sensor</translation>
    </message>
    <message>
        <source>one value each</source>
        <translation>je einem Wert</translation>
    </message>
    <message>
        <source>only {detail} bytes of the package arrived. Push it again.</source>
        <translation>nur {detail} Bytes des Pakets kamen an. Erneut übertragen.</translation>
    </message>
    <message>
        <source>or {rate_hz:.0f} Hz: in whole steps of {step_ms:g} ms a slower sensor and missing samples look alike</source>
        <translation>oder {rate_hz:.0f} Hz: In ganzen Schritten von {step_ms:g} ms sehen ein langsamerer Sensor und fehlende Messwerte gleich aus</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>package</source>
        <translation>Paket</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>Auffüllung</translation>
    </message>
    <message>
        <source>pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>personal to {wearer}, whose windows count {weight} times and who alone is tested; {held}</source>
        <translation>persönlich für {wearer}: Diese Fenster zählen {weight}-mal, und nur sie werden getestet; {held}</translation>
    </message>
    <message>
        <source>plan is not an object</source>
        <translation>plan ist kein Objekt</translation>
    </message>
    <message>
        <source>platformio.ini has no environment {environment}. Take it from the repository.</source>
        <translation>platformio.ini hat keine Umgebung {environment}. Sie aus dem Quellverzeichnis nehmen.</translation>
    </message>
    <message>
        <source>play window after window</source>
        <translation>Fenster für Fenster abspielen</translation>
    </message>
    <message>
        <source>pointwise convolution</source>
        <translation>punktweise Faltung</translation>
    </message>
    <message>
        <source>press the board&apos;s reset button twice, quickly; the orange LED then fades in and out to show that the bootloader runs</source>
        <translation>den Reset-Knopf des Boards zweimal schnell drücken; die orange LED wird dann heller und dunkler und zeigt, dass der Bootloader läuft</translation>
    </message>
    <message>
        <source>product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>ausgedünnt</translation>
    </message>
    <message>
        <source>pruned and clustered</source>
        <translation>ausgedünnt und gruppiert</translation>
    </message>
    <message>
        <source>pushing its model again</source>
        <translation>das Modell wird wieder übertragen</translation>
    </message>
    <message>
        <source>pushing {share:.0%}</source>
        <translation>wird übertragen, {share:.0%}</translation>
    </message>
    <message>
        <source>put {header!r} there</source>
        <translation>dort {header!r} hinschreiben</translation>
    </message>
    <message>
        <source>quantization-aware</source>
        <translation>auf Quantisierung trainiert</translation>
    </message>
    <message>
        <source>question for its write limit</source>
        <comment>a request to a board</comment>
        <translation>Frage nach der Schreibgrenze</translation>
    </message>
    <message>
        <source>rate_hz is {rate_hz:g}, not from {lowest_hz:g} to {highest_hz:g}</source>
        <translation>rate_hz ist {rate_hz:g}, nicht {lowest_hz:g} bis {highest_hz:g}</translation>
    </message>
    <message>
        <source>raw, less mean, {unit}</source>
        <translation>roh, ohne Mittel, {unit}</translation>
    </message>
    <message>
        <source>raw, {unit}</source>
        <translation>roh, {unit}</translation>
    </message>
    <message>
        <source>read</source>
        <comment>a request to a board</comment>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>recognised as</source>
        <translation>erkannt als</translation>
    </message>
    <message>
        <source>reconnecting</source>
        <translation>verbindet neu</translation>
    </message>
    <message>
        <source>recording of MotionLoop</source>
        <translation>Aufnahme von MotionLoop</translation>
    </message>
    <message>
        <source>records {label}</source>
        <translation>nimmt {label} auf</translation>
    </message>
    <message>
        <source>replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>reshape</source>
        <translation>Umformung</translation>
    </message>
    <message>
        <source>rotation</source>
        <translation>Drehung</translation>
    </message>
    <message>
        <source>rotation from {columns}</source>
        <translation>Drehung aus {columns}</translation>
    </message>
    <message>
        <source>rotation in {unit}</source>
        <translation>Drehung in {unit}</translation>
    </message>
    <message>
        <source>rotation is {ratio:.3g} times as fast as gravity&apos;s direction turns</source>
        <translation>die Drehung ist {ratio:.3g}-mal so schnell, wie sich die Richtung der Schwerkraft dreht</translation>
    </message>
    <message>
        <source>rotation of stream {name!r}, interpolated onto the acceleration&apos;s times</source>
        <translation>Drehung aus dem Strom {name!r}, auf die Zeiten der Beschleunigung interpoliert</translation>
    </message>
    <message>
        <source>rotation of {rate_hz:.5g} Hz interpolated onto the acceleration&apos;s times</source>
        <translation>Drehung mit {rate_hz:.5g} Hz, auf die Zeiten der Beschleunigung interpoliert</translation>
    </message>
    <message>
        <source>rotation reaches {fastest:.3g}; no such sensor measures more than 35 rad/s</source>
        <translation>die Drehung erreicht {fastest:.3g}; kein solcher Sensor misst mehr als 35 rad/s</translation>
    </message>
    <message>
        <source>rotation: {note}</source>
        <translation>Drehung: {note}</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>scale {scale:.4g}, zero point {zero}</source>
        <translation>Skala {scale:.4g}, Nullpunkt {zero}</translation>
    </message>
    <message>
        <source>see the package</source>
        <translation>siehe Paket</translation>
    </message>
    <message>
        <source>select the next or the previous segment</source>
        <translation>den nächsten oder vorigen Abschnitt auswählen</translation>
    </message>
    <message>
        <source>sensors left out: {names}</source>
        <translation>weggelassene Sensoren: {names}</translation>
    </message>
    <message>
        <source>session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>several; left as they are</source>
        <translation>mehrere; bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>shorter than {seconds:g} s</source>
        <translation>kürzer als {seconds:g} s</translation>
    </message>
    <message>
        <source>signal {strength} dBm</source>
        <translation>Signal {strength} dBm</translation>
    </message>
    <message>
        <source>signed; the signature was not checked, for want of the key</source>
        <translation>unterschrieben; die Unterschrift wurde nicht geprüft, weil der Schlüssel fehlt</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>slots of {bytes} bytes</source>
        <translation>Plätze von {bytes} Bytes</translation>
    </message>
    <message>
        <source>smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>smoothing {smoothing}, not 1/256 to 1</source>
        <translation>Glättung {smoothing}, nicht 1/256 bis 1</translation>
    </message>
    <message>
        <source>softmax</source>
        <translation>Softmax</translation>
    </message>
    <message>
        <source>split {name!r}, {held}</source>
        <translation>Aufteilung {name!r}, {held}</translation>
    </message>
    <message>
        <source>split, merge with the next one, delete</source>
        <translation>teilen, mit dem nächsten verbinden, löschen</translation>
    </message>
    <message>
        <source>start the trainer</source>
        <translation>Trainer starten</translation>
    </message>
    <message>
        <source>starting the bootloader</source>
        <translation>Bootloader starten</translation>
    </message>
    <message>
        <source>status {status} to {command}</source>
        <translation>Status {status} auf {command}</translation>
    </message>
    <message>
        <source>still connected</source>
        <translation>noch verbunden</translation>
    </message>
    <message>
        <source>stream {name!r} is no motion</source>
        <translation>der Strom {name!r} ist keine Bewegung</translation>
    </message>
    <message>
        <source>stream {name!r} not read: it is not known to which it belongs</source>
        <translation>der Strom {name!r} wurde nicht gelesen: Es ist unbekannt, wozu er gehört</translation>
    </message>
    <message>
        <source>stride {step}</source>
        <translation>Schritt {step}</translation>
    </message>
    <message>
        <source>structurally pruned</source>
        <translation>strukturell ausgedünnt</translation>
    </message>
    <message>
        <source>structurally pruned and quantization-aware</source>
        <translation>strukturell ausgedünnt, auf Quantisierung trainiert</translation>
    </message>
    <message>
        <source>subscribe</source>
        <comment>a request to a board</comment>
        <translation>zum Abonnieren</translation>
    </message>
    <message>
        <source>subscription</source>
        <comment>a request to a board</comment>
        <translation>beim Abonnieren</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>table (CSV, TSV or text)</source>
        <translation>Tabelle (CSV, TSV oder Text)</translation>
    </message>
    <message>
        <source>the .tflite is malformed: {fault} The old model goes on.</source>
        <translation>das .tflite ist fehlerhaft: {fault} Das alte Modell läuft weiter.</translation>
    </message>
    <message>
        <source>the acceleration is without gravity, by its name</source>
        <translation>die Beschleunigung ist nach ihrem Namen ohne Schwerkraft</translation>
    </message>
    <message>
        <source>the adapter is too old for boards</source>
        <translation>der Adapter ist zu alt für Boards</translation>
    </message>
    <message>
        <source>the board has given no challenge for that. Try again.</source>
        <translation>das Board hat dafür keine Aufgabe gestellt. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>the board has had a newer package of its owner. Push again. If the board refuses that, too, somebody between you and the board changes its answers.</source>
        <translation>das Board hatte schon ein neueres Paket seines Besitzers. Noch einmal übertragen. Lehnt das Board auch das ab, ändert jemand zwischen Ihnen und dem Board dessen Antworten.</translation>
    </message>
    <message>
        <source>the end of each session</source>
        <translation>das Ende jeder Sitzung</translation>
    </message>
    <message>
        <source>the exclusion</source>
        <translation>der Ausschluss</translation>
    </message>
    <message>
        <source>the file has a second name elsewhere (a hard link), and would change there, too</source>
        <translation>die Datei hat anderswo einen zweiten Namen (Hardlink) und würde sich auch dort ändern</translation>
    </message>
    <message>
        <source>the film</source>
        <translation>der Film</translation>
    </message>
    <message>
        <source>the first missing one {label} {at_s:.2f} s after the first</source>
        <translation>das erste fehlende ist {label}, {at_s:.2f} s nach dem ersten</translation>
    </message>
    <message>
        <source>the first new one {label} {at_s:.2f} s after the first</source>
        <translation>das erste neue ist {label}, {at_s:.2f} s nach dem ersten</translation>
    </message>
    <message>
        <source>the first or the last sample</source>
        <translation>der erste oder letzte Messwert</translation>
    </message>
    <message>
        <source>the first or the last window</source>
        <translation>das erste oder das letzte Fenster</translation>
    </message>
    <message>
        <source>the header stands {count} times between the rows</source>
        <translation>die Kopfzeile steht {count}-mal zwischen den Zeilen</translation>
    </message>
    <message>
        <source>the label of that number, from now on</source>
        <translation>das Label dieser Ziffer, ab jetzt</translation>
    </message>
    <message>
        <source>the label {label!r} has characters that cannot be shown</source>
        <translation>das Label {label!r} hat Zeichen, die sich nicht zeigen lassen</translation>
    </message>
    <message>
        <source>the label {label!r} is longer than the {label_bytes} bytes that a board keeps</source>
        <translation>das Label {label!r} ist länger als die {label_bytes} Bytes, die ein Board behält</translation>
    </message>
    <message>
        <source>the last fifth of each session held out (one session only: optimistic)</source>
        <translation>das letzte Fünftel jeder Sitzung zurückgehalten (nur eine Sitzung: optimistisch)</translation>
    </message>
    <message>
        <source>the layer before or after</source>
        <translation>die Schicht davor oder danach</translation>
    </message>
    <message>
        <source>the length of acceleration at rest is {length:.3g}</source>
        <translation>die Länge der Beschleunigung in Ruhe ist {length:.3g}</translation>
    </message>
    <message>
        <source>the length of bridged gaps</source>
        <translation>die Länge überbrückter Lücken</translation>
    </message>
    <message>
        <source>the map above or below</source>
        <translation>die Karte darüber oder darunter</translation>
    </message>
    <message>
        <source>the mean acceleration over {seconds:g} s, which is gravity, is {length:.3g} long</source>
        <translation>die mittlere Beschleunigung über {seconds:g} s, also die Schwerkraft, ist {length:.3g} lang</translation>
    </message>
    <message>
        <source>the menu, with all that can be done</source>
        <translation>das Menü, mit allem, was geht</translation>
    </message>
    <message>
        <source>the model did not run on golden window {detail}. The old model goes on; train the model again.</source>
        <translation>das Modell lief mit Prüffenster {detail} nicht. Das alte Modell läuft weiter; das Modell neu trainieren.</translation>
    </message>
    <message>
        <source>the model is too much work: {work}. The old model goes on; train a smaller one (fewer filters, a shorter window).</source>
        <translation>das Modell ist zu viel Rechenarbeit: {work}. Das alte Modell läuft weiter; ein kleineres trainieren (weniger Filter, ein kürzeres Fenster).</translation>
    </message>
    <message>
        <source>the model needs more than the board&apos;s arena of {arena} bytes. The old model goes on; train a smaller one (fewer filters, a shorter window).</source>
        <translation>das Modell braucht mehr als die Arena des Boards von {arena} Bytes. Das alte Modell läuft weiter; ein kleineres trainieren (weniger Filter, ein kürzeres Fenster).</translation>
    </message>
    <message>
        <source>the model of {board}</source>
        <translation>das Modell von {board}</translation>
    </message>
    <message>
        <source>the model uses operator {detail}, which the firmware does not have. The old model goes on; use one of MotionLoop&apos;s architectures.</source>
        <translation>das Modell verwendet Operator {detail}, den die Firmware nicht hat. Das alte Modell läuft weiter; eine der Architekturen von MotionLoop verwenden.</translation>
    </message>
    <message>
        <source>the model&apos;s input or output is not the {detail} bytes that its package says. The old model goes on; train the model again.</source>
        <translation>Eingabe oder Ausgabe des Modells hat nicht die {detail} Bytes, die das Paket nennt. Das alte Modell läuft weiter; das Modell neu trainieren.</translation>
    </message>
    <message>
        <source>the moment {moment!r} has no time zone</source>
        <translation>der Zeitpunkt {moment!r} hat keine Zeitzone</translation>
    </message>
    <message>
        <source>the name</source>
        <translation>der Name</translation>
    </message>
    <message>
        <source>the newest window</source>
        <translation>das neueste Fenster</translation>
    </message>
    <message>
        <source>the open label</source>
        <translation>das offene Label</translation>
    </message>
    <message>
        <source>the owner&apos;s key id is {owner}, and your key cannot be read</source>
        <translation>gehört dem Besitzer mit dem Schlüssel {owner}; Ihr eigener Schlüssel ist nicht lesbar</translation>
    </message>
    <message>
        <source>the package arrived damaged. The old model goes on; push it again.</source>
        <translation>das Paket kam beschädigt an. Das alte Modell läuft weiter; erneut übertragen.</translation>
    </message>
    <message>
        <source>the package does not fit a slot of {detail} bytes. Train a smaller model (fewer filters, a shorter window).</source>
        <translation>das Paket passt nicht in einen Platz von {detail} Bytes. Ein kleineres Modell trainieren (weniger Filter, ein kürzeres Fenster).</translation>
    </message>
    <message>
        <source>the package is malformed at byte {detail}. The old model goes on; train the model again.</source>
        <translation>das Paket ist bei Byte {detail} fehlerhaft. Das alte Modell läuft weiter; das Modell neu trainieren.</translation>
    </message>
    <message>
        <source>the pages</source>
        <translation>die Seiten</translation>
    </message>
    <message>
        <source>the person without a name</source>
        <translation>die Person ohne Namen</translation>
    </message>
    <message>
        <source>the placement</source>
        <translation>der Trageort</translation>
    </message>
    <message>
        <source>the plan has an impossible number of seconds</source>
        <translation>der Plan hat eine unmögliche Zahl von Sekunden</translation>
    </message>
    <message>
        <source>the plan is at step {at} of {count}</source>
        <translation>der Plan ist bei Schritt {at} von {count}</translation>
    </message>
    <message>
        <source>the push should have made it yours, and did not</source>
        <translation>die Übertragung hätte es zu Ihrem machen sollen und hat es nicht</translation>
    </message>
    <message>
        <source>the right label: keeps the held or the present window</source>
        <translation>das richtige Label: behält das festgehaltene oder jetzige Fenster</translation>
    </message>
    <message>
        <source>the same samples are there twice: {copies}</source>
        <translation>dieselben Messwerte sind zweimal da: {copies}</translation>
    </message>
    <message>
        <source>the segment {label!r} from {start_us} to {end_us} us</source>
        <translation>der Abschnitt {label!r} von {start_us} bis {end_us} us</translation>
    </message>
    <message>
        <source>the segments {label!r} and {other!r} overlap at {start_us} us</source>
        <translation>die Abschnitte {label!r} und {other!r} überschneiden sich bei {start_us} us</translation>
    </message>
    <message>
        <source>the sensors have rows of their own: joined on the acceleration&apos;s clock</source>
        <translation>die Sensoren haben eigene Zeilen: auf der Uhr der Beschleunigung verbunden</translation>
    </message>
    <message>
        <source>the stream has no footer: the file was cut off, and its end may be missing</source>
        <translation>der Strom hat keinen Abschluss: Die Datei wurde abgeschnitten, und ihr Ende fehlt vielleicht</translation>
    </message>
    <message>
        <source>the stretch before or after</source>
        <translation>die Strecke davor oder danach</translation>
    </message>
    <message>
        <source>the system forgot the board meanwhile</source>
        <translation>das System hat das Board inzwischen vergessen</translation>
    </message>
    <message>
        <source>the test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>the text of the notes</source>
        <translation>der Text der Notizen</translation>
    </message>
    <message>
        <source>the training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>the trim</source>
        <translation>der Zuschnitt</translation>
    </message>
    <message>
        <source>the wearer</source>
        <translation>die Person</translation>
    </message>
    <message>
        <source>the window before or after</source>
        <translation>das Fenster davor oder danach</translation>
    </message>
    <message>
        <source>the {count:,} rows were not in the order of time: put in order</source>
        <translation>die {count:,} Zeilen waren nicht nach der Zeit geordnet: geordnet</translation>
    </message>
    <message>
        <source>then: {steps}</source>
        <translation>dann: {steps}</translation>
    </message>
    <message>
        <source>there are: {names}</source>
        <translation>es gibt: {names}</translation>
    </message>
    <message>
        <source>there is no D-Bus, over which BlueZ is reached</source>
        <translation>es gibt keinen D-Bus, über den BlueZ erreichbar ist</translation>
    </message>
    <message>
        <source>there is no adapter</source>
        <translation>es gibt keinen Adapter</translation>
    </message>
    <message>
        <source>there is no such network: {shown}</source>
        <translation>ein solches Netz gibt es nicht: {shown}</translation>
    </message>
    <message>
        <source>there is no {file}: acceleration without gravity</source>
        <translation>{file} fehlt: Beschleunigung ohne Schwerkraft</translation>
    </message>
    <message>
        <source>there is none</source>
        <translation>es gibt keine</translation>
    </message>
    <message>
        <source>this board</source>
        <translation>diesem Board</translation>
    </message>
    <message>
        <source>this program may not use it</source>
        <translation>dieses Programm darf es nicht benutzen</translation>
    </message>
    <message>
        <source>times of day</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>times {evidence}</source>
        <translation>Zeiten: {evidence}</translation>
    </message>
    <message>
        <source>times {scale:.3g}, plus {bias:.3g}</source>
        <translation>mal {scale:.3g}, plus {bias:.3g}</translation>
    </message>
    <message>
        <source>too near for segments of {seconds:.2f} s</source>
        <translation>zu nah für Abschnitte von {seconds:.2f} s</translation>
    </message>
    <message>
        <source>too short, {seconds:.0f} s of {people}</source>
        <translation>zu kurz, {seconds:.0f} s von {people}</translation>
    </message>
    <message>
        <source>trained as long</source>
        <translation>gleich lang trainiert</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>undo the last change of recordings</source>
        <translation>die letzte Änderung an Aufnahmen zurücknehmen</translation>
    </message>
    <message>
        <source>undo, redo</source>
        <translation>rückgängig machen, wiederholen</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>unknown: no activity of the model fits</source>
        <translation>unbekannt: Keine Aktivität des Modells passt</translation>
    </message>
    <message>
        <source>unmark, drop what was found</source>
        <translation>Markierung aufheben, Gefundenes verwerfen</translation>
    </message>
    <message>
        <source>up to {most:.0%} of the rows of acceleration repeat the one before in motion</source>
        <translation>bis zu {most:.0%} der Zeilen der Beschleunigung wiederholen in Bewegung die vorige</translation>
    </message>
    <message>
        <source>uploading</source>
        <translation>aufspielen</translation>
    </message>
    <message>
        <source>use the recording from here on, up to here, all of it</source>
        <translation>die Aufnahme ab hier, bis hier, ganz verwenden</translation>
    </message>
    <message>
        <source>value {number}</source>
        <translation>Wert {number}</translation>
    </message>
    <message>
        <source>variant</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>verifying</source>
        <translation>prüfen</translation>
    </message>
    <message>
        <source>virtual</source>
        <translation>virtuell</translation>
    </message>
    <message>
        <source>virtual board</source>
        <translation>virtuelles Board</translation>
    </message>
    <message>
        <source>virtual board of this window</source>
        <translation>virtuelles Board dieses Studios</translation>
    </message>
    <message>
        <source>waits for its turn</source>
        <translation>wartet, bis es dran ist</translation>
    </message>
    <message>
        <source>weight for {row}, point {point} of {points}: code {code} = {value:.3g}</source>
        <translation>Gewicht für {row}, Punkt {point} von {points}: Code {code} = {value:.3g}</translation>
    </message>
    <message>
        <source>weight for {row}: code {code} = {value:.3g}</source>
        <translation>Gewicht für {row}: Code {code} = {value:.3g}</translation>
    </message>
    <message>
        <source>window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>window of {points} points</source>
        <translation>Fenster von {points} Punkten</translation>
    </message>
    <message>
        <source>windows</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>windows held out at random, beside neighbours that share samples (leaky)</source>
        <translation>Fenster zufällig zurückgehalten, neben Nachbarn mit gemeinsamen Messwerten (undicht)</translation>
    </message>
    <message>
        <source>with missing samples</source>
        <translation>mit fehlenden Messwerten</translation>
    </message>
    <message>
        <source>worse by {points:.1f} points</source>
        <translation>um {points:.1f} Punkte schlechter</translation>
    </message>
    <message>
        <source>write</source>
        <comment>a request to a board</comment>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>writes of {bytes} bytes</source>
        <translation>Schreiben von {bytes} Bytes</translation>
    </message>
    <message>
        <source>x {x:.2f}, y {y:.2f}, z {z:.2f} g</source>
        <translation>x {x:.2f}, y {y:.2f}, z {z:.2f} g</translation>
    </message>
    <message>
        <source>x {x:.2f}, y {y:.2f}, z {z:.2f} rad/s</source>
        <translation>x {x:.2f}, y {y:.2f}, z {z:.2f} rad/s</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>yours</source>
        <comment>of a board</comment>
        <translation>gehört Ihnen</translation>
    </message>
    <message>
        <source>zoom around the pointer, move along</source>
        <translation>um den Mauszeiger zoomen, weiterbewegen</translation>
    </message>
    <message>
        <source>zoom in, zoom out, see all of it</source>
        <translation>hineinzoomen, herauszoomen, alles sehen</translation>
    </message>
    <message>
        <source>{accuracy:.1f} % (95 % interval {low:.1f} to {high:.1f} %)</source>
        <translation>{accuracy:.1f} % (95-%-Intervall {low:.1f} bis {high:.1f} %)</translation>
    </message>
    <message>
        <source>{accuracy:.1f} % (no interval: fewer than three people or sessions tested)</source>
        <translation>{accuracy:.1f} % (kein Intervall: weniger als drei Personen oder Sitzungen getestet)</translation>
    </message>
    <message>
        <source>{archive} cannot be unpacked ({error}): get it again, or unpack it yourself.</source>
        <translation>{archive} lässt sich nicht auspacken ({error}): neu besorgen oder selbst auspacken.</translation>
    </message>
    <message>
        <source>{archive} cannot be unpacked: it is damaged ({error}). Get or copy it again.</source>
        <translation>{archive} lässt sich nicht auspacken: Es ist beschädigt ({error}). Neu besorgen oder kopieren.</translation>
    </message>
    <message>
        <source>{archive} is not unpacked: {error}. Unpack it, and import what you need.</source>
        <translation>{archive} wird nicht entpackt: {error}. Entpacken Sie es, und importieren Sie, was Sie brauchen.</translation>
    </message>
    <message>
        <source>{authorities} cannot be used as certificates ({error}): give a PEM file.</source>
        <translation>{authorities} taugt nicht als Zertifikat ({error}): eine PEM-Datei angeben.</translation>
    </message>
    <message>
        <source>{axes} never move from {level}</source>
        <translation>{axes} weichen nie von {level} ab</translation>
    </message>
    <message>
        <source>{axis} comp.</source>
        <translation>{axis} komp.</translation>
    </message>
    <message>
        <source>{axis} never moves from {level}</source>
        <translation>{axis} weicht nie von {level} ab</translation>
    </message>
    <message>
        <source>{axis} raw</source>
        <translation>{axis} roh</translation>
    </message>
    <message>
        <source>{begin:.2f} to {end:.2f} s</source>
        <translation>{begin:.2f} bis {end:.2f} s</translation>
    </message>
    <message>
        <source>{begin:.2f} to {end:.2f} s of {session}</source>
        <translation>{begin:.2f} bis {end:.2f} s von {session}</translation>
    </message>
    <message>
        <source>{beginning!r} has {count} characters, which are too many: {most} at most</source>
        <translation>{beginning!r} hat {count} Zeichen, und das sind zu viele: höchstens {most}</translation>
    </message>
    <message>
        <source>{boards} recording</source>
        <translation>Aufnahme: {boards}</translation>
    </message>
    <message>
        <source>{board} answers what cannot be: {what}. Update it with `motionloop flash`; if that changes nothing, do not trust it.</source>
        <translation>{board} antwortet Unmögliches: {what}. Es mit `motionloop flash` aktualisieren; ändert das nichts, ihm nicht trauen.</translation>
    </message>
    <message>
        <source>{board} belongs to nobody, and only an owner can ask for that. The first push makes the board yours.</source>
        <translation>{board} gehört niemandem, und nur ein Besitzer kann das verlangen. Mit der ersten Übertragung gehört das Board Ihnen.</translation>
    </message>
    <message>
        <source>{board} belongs to the owner {owner}, and your key is {key}. Ask them; or, if the board is yours, copy your key from your other computer. Without the key, `motionloop flash --forget-owner` has the board forget its owner over USB.</source>
        <translation>{board} gehört dem Besitzer {owner}, und Ihr Schlüssel ist {key}. Fragen Sie ihn; oder kopieren Sie, wenn das Board Ihnen gehört, Ihren Schlüssel vom anderen Computer. Ohne den Schlüssel lässt `motionloop flash --forget-owner` das Board seinen Besitzer über USB vergessen.</translation>
    </message>
    <message>
        <source>{board} did not answer a {doing} within {seconds:g} s. Reconnect, and restart the board if it happens again.</source>
        <translation>{board} antwortete in {seconds:g} s nicht ({doing}). Neu verbinden, und das Board neu starten, wenn es wieder geschieht.</translation>
    </message>
    <message>
        <source>{board} did not come back on air within {seconds:g} s. Press its reset button once, and look whether its orange LED fades in and out: then its bootloader waits for a program.</source>
        <translation>{board} kam in {seconds:g} s nicht wieder auf Sendung. Einmal den Reset-Knopf drücken und sehen, ob die orange LED heller und dunkler wird: Dann wartet der Bootloader auf ein Programm.</translation>
    </message>
    <message>
        <source>{board} did not come back within {seconds:g} s. {advice}: nothing recorded so far is lost.</source>
        <translation>{board} kam in {seconds:g} s nicht zurück. {advice}: Nichts bisher Aufgenommenes ist verloren.</translation>
    </message>
    <message>
        <source>{board} did not connect within {seconds:g} s. Bring it nearer, restart it, and check that no other computer is connected to it.</source>
        <translation>{board} verband sich in {seconds:g} s nicht. Näher bringen, neu starten und prüfen, dass kein anderer Computer damit verbunden ist.</translation>
    </message>
    <message>
        <source>{board} had no model before and has switched already: it keeps the new one.</source>
        <translation>{board} hatte vorher kein Modell und hat schon gewechselt: Das neue bleibt.</translation>
    </message>
    <message>
        <source>{board} has no characteristic {uuid}. Either its firmware is of another version: `motionloop flash` updates it. Or this computer remembers what the board ran before: `bluetoothctl remove {address}` on Linux, elsewhere remove the board in the system&apos;s Bluetooth settings or switch Bluetooth off and on.</source>
        <translation>{board} hat keine Charakteristik {uuid}. Entweder ist die Firmware von anderer Version: `motionloop flash` aktualisiert sie. Oder dieser Computer merkt sich, was früher auf dem Board lief: unter Linux `bluetoothctl remove {address}`, sonst das Board in den Bluetooth-Einstellungen des Systems entfernen oder Bluetooth aus- und einschalten.</translation>
    </message>
    <message>
        <source>{board} is connected, and has measured nothing for {seconds:g} s: its sensor stands still. Restart the board; what was recorded is safe.</source>
        <translation>{board} ist verbunden und hat seit {seconds:g} s nichts gemessen: Der Sensor steht still. Das Board neu starten; was aufgenommen wurde, ist sicher.</translation>
    </message>
    <message>
        <source>{board} is no longer there. Check its power and scan again.</source>
        <translation>{board} ist nicht mehr da. Stromversorgung prüfen und neu suchen.</translation>
    </message>
    <message>
        <source>{board} is yours now: only your models run on it.</source>
        <translation>{board} gehört jetzt Ihnen: nur Ihre Modelle laufen darauf.</translation>
    </message>
    <message>
        <source>{board} measures with another sensor, rate or scale now. The recording so far is safe. Connect the board again, and begin a new recording.</source>
        <translation>{board} misst jetzt mit anderem Sensor, anderer Rate oder anderer Skala. Die Aufnahme bis dahin ist sicher. Das Board neu verbinden und eine neue Aufnahme beginnen.</translation>
    </message>
    <message>
        <source>{board} refused a {doing} ({cause}). Its firmware may be of another version: update the board with `motionloop flash`.</source>
        <translation>{board} lehnte ab ({doing}: {cause}). Die Firmware ist vielleicht von anderer Version: das Board mit `motionloop flash` aktualisieren.</translation>
    </message>
    <message>
        <source>{board} refused {command}: {reason}</source>
        <translation>{board} lehnte {command} ab: {reason}</translation>
    </message>
    <message>
        <source>{board} runs another model now ({model}): start again, to read its labels.</source>
        <translation>Auf {board} läuft jetzt ein anderes Modell ({model}): neu beginnen, um seine Labels zu lesen.</translation>
    </message>
    <message>
        <source>{board} runs the model before.</source>
        <translation>Auf {board} läuft das vorige Modell.</translation>
    </message>
    <message>
        <source>{board} runs the new model.</source>
        <translation>Auf {board} läuft das neue Modell.</translation>
    </message>
    <message>
        <source>{board} runs {model}, not this one.</source>
        <translation>Auf {board} läuft {model}, nicht dieses.</translation>
    </message>
    <message>
        <source>{board} speaks another protocol (firmware {theirs}, this program expects {ours}). {advice}</source>
        <translation>{board} spricht ein anderes Protokoll (Firmware {theirs}, dieses Programm erwartet {ours}). {advice}</translation>
    </message>
    <message>
        <source>{board} was disconnected meanwhile. Connect it, and try again.</source>
        <translation>{board} wurde inzwischen getrennt. Das Board verbinden und erneut versuchen.</translation>
    </message>
    <message>
        <source>{board}: another program on this computer is connected to it. Close that first (the studio, or a command in another window).</source>
        <translation>{board}: Ein anderes Programm auf diesem Computer ist damit verbunden. Es zuerst schließen (das Studio oder einen Befehl in einem anderen Fenster).</translation>
    </message>
    <message>
        <source>{board}: kept as {label}. The window waits for the next training.</source>
        <translation>{board}: als {label} behalten. Das Fenster wartet auf das nächste Training.</translation>
    </message>
    <message>
        <source>{both} is in the training and in the test</source>
        <translation>{both} ist im Training und im Test</translation>
    </message>
    <message>
        <source>{bytes:,}</source>
        <translation>{bytes:,}</translation>
    </message>
    <message>
        <source>{bytes:,} bytes</source>
        <translation>{bytes:,} Bytes</translation>
    </message>
    <message>
        <source>{bytes} bytes of a slot, and a slot has {most}</source>
        <translation>{bytes} Bytes eines Platzes, und ein Platz hat {most}</translation>
    </message>
    <message>
        <source>{bytes} bytes of its model, of which {size} were asked for</source>
        <translation>{bytes} Bytes seines Modells, von denen {size} erfragt wurden</translation>
    </message>
    <message>
        <source>{bytes} bytes to {command}, which has {size}</source>
        <translation>{bytes} Bytes auf {command}, das {size} hat</translation>
    </message>
    <message>
        <source>{bytes} input bytes, more than {most}</source>
        <translation>{bytes} Bytes Eingabe, mehr als {most}</translation>
    </message>
    <message>
        <source>{cause} (left out: {reasons})</source>
        <translation>{cause} (weggelassen: {reasons})</translation>
    </message>
    <message>
        <source>{cause}. {advice} Then start again</source>
        <translation>{cause}. {advice} Dann neu beginnen</translation>
    </message>
    <message>
        <source>{channels} channels x {points} points at {rate:g} Hz: {seconds:.2f} s.</source>
        <translation>{channels} Kanäle x {points} Punkte mit {rate:g} Hz: {seconds:.2f} s.</translation>
    </message>
    <message>
        <source>{connected} of {boards} connected</source>
        <translation>{connected} von {boards} verbunden</translation>
    </message>
    <message>
        <source>{copies} and {count} more</source>
        <translation>{copies} und {count} weitere</translation>
    </message>
    <message>
        <source>{count:,} lines left out (lines {numbers})</source>
        <translation>{count:,} Zeilen weggelassen (Zeilen {numbers})</translation>
    </message>
    <message>
        <source>{count:,} lines left out (torn, or without a time)</source>
        <translation>{count:,} Zeilen weggelassen (abgerissen oder ohne Zeit)</translation>
    </message>
    <message>
        <source>{count:,} lines without this sensor left out</source>
        <translation>{count:,} Zeilen ohne diesen Sensor weggelassen</translation>
    </message>
    <message>
        <source>{count:,} multiply-accumulates</source>
        <translation>{count:,} Rechenschritte</translation>
    </message>
    <message>
        <source>{count:,} rows</source>
        <translation>{count:,} Zeilen</translation>
    </message>
    <message>
        <source>{count:,} samples left out: stretches of less than {least}</source>
        <translation>{count:,} Messwerte weggelassen: Strecken von weniger als {least}</translation>
    </message>
    <message>
        <source>{count:,} weights</source>
        <translation>{count:,} Gewichte</translation>
    </message>
    <message>
        <source>{count} are missing inside it</source>
        <translation>{count} fehlen darin</translation>
    </message>
    <message>
        <source>{count} at its beginning or end</source>
        <translation>{count} fehlen am Anfang oder Ende</translation>
    </message>
    <message>
        <source>{count} boards answer to {name!r}: {listed}. Say which one by its address.</source>
        <translation>{count} Boards hören auf {name!r}: {listed}. Mit der Adresse sagen, welches.</translation>
    </message>
    <message>
        <source>{count} boards answer: {listed}. Say which one by its address.</source>
        <translation>{count} Boards antworten: {listed}. Mit der Adresse sagen, welches.</translation>
    </message>
    <message>
        <source>{count} boards are on USB: {listed}. Say which one with --port, or unplug the others.</source>
        <translation>{count} Boards sind an USB: {listed}. Mit --port sagen, welches, oder die anderen ausstecken.</translation>
    </message>
    <message>
        <source>{count} boards run the new model.</source>
        <translation>Auf {count} Boards läuft das neue Modell.</translation>
    </message>
    <message>
        <source>{count} files of info.labels are missing</source>
        <translation>{count} Dateien aus info.labels fehlen</translation>
    </message>
    <message>
        <source>{count} labels cut to the recording&apos;s samples.</source>
        <translation>{count} Labels auf die Messwerte der Aufnahme gekürzt.</translation>
    </message>
    <message>
        <source>{count} labels outside the recording left out.</source>
        <translation>{count} Labels außerhalb der Aufnahme weggelassen.</translation>
    </message>
    <message>
        <source>{count} labels without a text left out.</source>
        <translation>{count} Labels ohne Text weggelassen.</translation>
    </message>
    <message>
        <source>{count} labels without length left out.</source>
        <translation>{count} Labels ohne Länge weggelassen.</translation>
    </message>
    <message>
        <source>{count} labels, not 2 to {most}</source>
        <translation>{count} Labels, nicht 2 bis {most}</translation>
    </message>
    <message>
        <source>{count} labels; a board takes {most}: {classes}. Choose with `--labels`, or join some with `--rename OLD=NEW`.</source>
        <translation>{count} Labels; ein Board nimmt {most}: {classes}. Mit `--labels` auswählen oder einige mit `--rename OLD=NEW` zusammenfassen.</translation>
    </message>
    <message>
        <source>{count} of the {total} recordings tested were among those that {model} was trained on: expect less on new ones.</source>
        <translation>{count} der {total} getesteten Aufnahmen waren unter denen, mit denen {model} trainiert wurde: bei neuen weniger erwarten.</translation>
    </message>
    <message>
        <source>{count} of {total} recordings cannot be read:
{causes}</source>
        <translation>{count} von {total} Aufnahmen lassen sich nicht lesen:
{causes}</translation>
    </message>
    <message>
        <source>{count} of {total} windows span short holes that were bridged: {share:.1%} of all samples lie on a straight line and were not measured.</source>
        <translation>{count} von {total} Fenstern überspannen kurze Lücken, die überbrückt wurden: {share:.1%} aller Messwerte liegen auf einer Geraden und wurden nicht gemessen.</translation>
    </message>
    <message>
        <source>{count} other files not read</source>
        <translation>{count} andere Dateien nicht gelesen</translation>
    </message>
    <message>
        <source>{count} recordings were changed.</source>
        <translation>{count} Aufnahmen wurden geändert.</translation>
    </message>
    <message>
        <source>{count} recordings were deleted or moved meanwhile, such as {recording}.</source>
        <translation>{count} Aufnahmen wurden inzwischen gelöscht oder verschoben, etwa {recording}.</translation>
    </message>
    <message>
        <source>{count} recordings were moved into the bin.</source>
        <translation>{count} Aufnahmen liegen jetzt im Papierkorb.</translation>
    </message>
    <message>
        <source>{count} recordings with {formats} different rates or scales cannot be replayed as one board: replay them one at a time.</source>
        <translation>{count} Aufnahmen mit {formats} verschiedenen Raten oder Skalen lassen sich nicht als ein Board abspielen: einzeln abspielen.</translation>
    </message>
    <message>
        <source>{count} regions have several labels, of which the first is taken.</source>
        <translation>{count} Bereiche haben mehrere Labels, davon gilt das erste.</translation>
    </message>
    <message>
        <source>{count} samples are safe there; the last {others} are written again once there is room.</source>
        <translation>{count} Messwerte sind dort sicher; die letzten {others} werden neu geschrieben, sobald Platz ist.</translation>
    </message>
    <message>
        <source>{count} samples without gravity near them left out</source>
        <translation>{count} Messwerte ohne Schwerkraft in der Nähe weggelassen</translation>
    </message>
    <message>
        <source>{count} samples without rotation near them left out</source>
        <translation>{count} Messwerte ohne Drehung in der Nähe weggelassen</translation>
    </message>
    <message>
        <source>{count} were there already.</source>
        <translation>{count} gab es schon.</translation>
    </message>
    <message>
        <source>{count} windows joined, their overlap taken out</source>
        <translation>{count} Fenster verbunden, ohne ihre Überlappung</translation>
    </message>
    <message>
        <source>{covered:,} of {gaps:,} gaps</source>
        <translation>{covered:,} von {gaps:,} Lücken</translation>
    </message>
    <message>
        <source>{curves}; shaded: what it saw, {begin:.2f} to {end:.2f} s</source>
        <translation>{curves}; schattiert: gesehen, {begin:.2f} bis {end:.2f} s</translation>
    </message>
    <message>
        <source>{describe}: then no window for {part} is left of {listed}. Hold out others, or leave the label out with `--where`.</source>
        <translation>{describe}: Dann bleibt kein Fenster von {listed} übrig für: {part}. Andere zurückhalten oder das Label mit `--where` weglassen.</translation>
    </message>
    <message>
        <source>{device} cannot be opened ({cause}). Unplug the board, plug it in again and repeat the command; if that changes nothing, {double_tap}.</source>
        <translation>{device} lässt sich nicht öffnen ({cause}). Das Board aus- und wieder einstecken und den Befehl wiederholen; ändert das nichts: {double_tap}.</translation>
    </message>
    <message>
        <source>{device} is in use, probably by ModemManager, which asks every new serial port for a modem. Stop it with `sudo systemctl stop ModemManager` and repeat the command, or keep it away for good: {command}</source>
        <translation>{device} ist in Gebrauch, wohl durch ModemManager, der jeden neuen seriellen Anschluss nach einem Modem fragt. Ihn mit `sudo systemctl stop ModemManager` anhalten und den Befehl wiederholen, oder ihn für immer fernhalten: {command}</translation>
    </message>
    <message>
        <source>{error} (and {count} more)</source>
        <translation>{error} (und {count} weitere)</translation>
    </message>
    <message>
        <source>{error} The link broke {tries} times before the board had taken more.</source>
        <translation>{error} Die Verbindung brach {tries}-mal ab, bevor das Board mehr angenommen hatte.</translation>
    </message>
    <message>
        <source>{error}.</source>
        <translation>{error}.</translation>
    </message>
    <message>
        <source>{events} (left out: {reasons})</source>
        <translation>{events} (weggelassen: {reasons})</translation>
    </message>
    <message>
        <source>{events}: a label&apos;s number takes them, Esc drops them</source>
        <translation>{events}: die Ziffer eines Labels übernimmt sie, Esc verwirft sie</translation>
    </message>
    <message>
        <source>{facts}. Reads {layers}.</source>
        <translation>{facts}. Liest {layers}.</translation>
    </message>
    <message>
        <source>{failed} of {boards} boards are not recorded. {why}</source>
        <translation>{failed} von {boards} Boards werden nicht aufgenommen. {why}</translation>
    </message>
    <message>
        <source>{failed} of {boards} boards did not end their recording well. {why}</source>
        <translation>{failed} von {boards} Boards haben ihre Aufnahme nicht gut beendet. {why}</translation>
    </message>
    <message>
        <source>{failed} of {boards} boards do not run the new model. {why}</source>
        <translation>Auf {failed} von {boards} Boards läuft das neue Modell nicht. {why}</translation>
    </message>
    <message>
        <source>{fault} (check {detail}). {advice}</source>
        <translation>{fault} (Prüfung {detail}). {advice}</translation>
    </message>
    <message>
        <source>{few} ({count}) are in {files} alike, and are taken for different people</source>
        <translation>{few} ({count}) kommen in {files} gleich vor und gelten als verschiedene Personen</translation>
    </message>
    <message>
        <source>{files} exists already and is not overwritten: choose another place, or have it replaced (--overwrite).</source>
        <translation>{files} gibt es schon und wird nicht überschrieben: einen anderen Ort wählen oder ersetzen lassen (--overwrite).</translation>
    </message>
    <message>
        <source>{file} begins with a byte order mark, as Excel writes it: the file was saved by another program. It was read without the mark.</source>
        <translation>{file} beginnt mit einer Bytereihenfolge-Marke, wie Excel sie schreibt: Die Datei wurde von einem anderen Programm gespeichert. Sie wurde ohne die Marke gelesen.</translation>
    </message>
    <message>
        <source>{file} cannot be read as a plan ({reason}). Choose a text file with one step a line, such as &apos;walking 60&apos;.</source>
        <translation>{file} ist nicht als Plan lesbar ({reason}). Eine Textdatei mit einem Schritt je Zeile wählen, etwa &apos;walking 60&apos;.</translation>
    </message>
    <message>
        <source>{file} cannot be written ({reason}). Choose another folder.</source>
        <translation>{file} kann nicht geschrieben werden ({reason}). Einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>{file} holds {count} of {total} samples: {what}</source>
        <translation>{file} enthält {count} von {total} Messwerten: {what}</translation>
    </message>
    <message>
        <source>{file} is damaged, so its figures cannot be shown. Test again.</source>
        <translation>{file} ist beschädigt: Die Zahlen können nicht gezeigt werden. Bitte neu testen.</translation>
    </message>
    <message>
        <source>{file} is damaged, so the result of this model cannot be shown. Its package can still be pushed.</source>
        <translation>{file} ist beschädigt: Das Ergebnis dieses Modells kann nicht gezeigt werden. Sein Paket lässt sich trotzdem übertragen.</translation>
    </message>
    <message>
        <source>{file} is damaged: it does not say which windows the model was tested on. Choose a recording on the Label page and look inside there.</source>
        <translation>{file} ist beschädigt: Darin steht nicht, auf welchen Fenstern das Modell geprüft wurde. Auf der Seite Labeln eine Aufnahme wählen und dort hineinschauen.</translation>
    </message>
    <message>
        <source>{file} is missing or its lines are no samples.</source>
        <translation>{file} fehlt, oder die Zeilen sind keine Messwerte.</translation>
    </message>
    <message>
        <source>{file} is no file, but a folder, a pipe or a device: put the file back from a backup, or delete the recording&apos;s folder.</source>
        <translation>{file} ist keine Datei, sondern ein Ordner, eine Pipe oder ein Gerät: Spielen Sie die Datei aus einer Sicherung zurück, oder löschen Sie den Ordner der Aufnahme.</translation>
    </message>
    <message>
        <source>{file} is the network alone. A board also needs the labels, the input and the checks of the package: give the model&apos;s folder, {where}.</source>
        <translation>{file} ist nur das Netz. Ein Board braucht auch Labels, Eingabe und Prüfungen des Pakets: den Ordner des Modells angeben, {where}.</translation>
    </message>
    <message>
        <source>{file} was deleted or moved. Test again.</source>
        <translation>{file} wurde gelöscht oder verschoben. Neu testen.</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} bis {last}</translation>
    </message>
    <message>
        <source>{folder} cannot be used: {error}. Correct it there, or copy {backup} over it to go back to the version before.</source>
        <translation>{folder} ist nicht verwendbar: {error}. Dort berichtigen, oder {backup} darüber kopieren, um zur Version davor zurückzugehen.</translation>
    </message>
    <message>
        <source>{folder} exists already and is not overwritten: choose another name, or go on with that recording.</source>
        <translation>{folder} gibt es schon und wird nicht überschrieben: einen anderen Namen wählen oder jene Aufnahme fortsetzen.</translation>
    </message>
    <message>
        <source>{folder} has neither {total} nor {linear}: export it again.</source>
        <translation>{folder} hat weder {total} noch {linear}: neu exportieren.</translation>
    </message>
    <message>
        <source>{folder} has {count} windows, {people} people and {labels} labels: get the data set again.</source>
        <translation>{folder} hat {count} Fenster, {people} Personen und {labels} Labels: den Datensatz neu besorgen.</translation>
    </message>
    <message>
        <source>{folder} holds no model to make variants of ({error}). Train one again; models of older versions lack the weights.</source>
        <translation>{folder} enthält kein Modell, aus dem sich Varianten machen lassen ({error}). Neu trainieren; Modellen älterer Versionen fehlen die Gewichte.</translation>
    </message>
    <message>
        <source>{folder} holds no usable backbone ({error}). Make one with `motionloop pretrain`.</source>
        <translation>{folder} enthält kein brauchbares Grundnetz ({error}). Eines mit `motionloop pretrain` machen.</translation>
    </message>
    <message>
        <source>{folder} is a recording, and the splits would lie there: rename its folder.</source>
        <translation>{folder} ist eine Aufnahme, und die Aufteilungen lägen dort: ihren Ordner umbenennen.</translation>
    </message>
    <message>
        <source>{folder} is not there any more.</source>
        <translation>{folder} ist nicht mehr da.</translation>
    </message>
    <message>
        <source>{folder} was changed by another program since it was read here: {changed}. Nothing was overwritten. Read it again, and repeat the change if it is still wanted.</source>
        <translation>{folder} wurde von einem anderen Programm geändert, seit es hier gelesen wurde: {changed}. Nichts wurde überschrieben. Neu lesen und die Änderung wiederholen, wenn sie noch gewünscht ist.</translation>
    </message>
    <message>
        <source>{folder} was not changed: {error}.</source>
        <translation>{folder} wurde nicht geändert: {error}.</translation>
    </message>
    <message>
        <source>{folder} was not renamed: {other} has the name {name!r} already. Choose another.</source>
        <translation>{folder} wurde nicht umbenannt: {other} heißt schon {name!r}. Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>{folder} was recorded by {imu} at {rate_hz:g} Hz and {name!r} has another rate or scale: begin a new recording for it.</source>
        <translation>{folder} wurde von {imu} mit {rate_hz:g} Hz aufgenommen, und {name!r} hat eine andere Rate oder Skala: dafür eine neue Aufnahme beginnen.</translation>
    </message>
    <message>
        <source>{found} (it should be of type {name})</source>
        <translation>{found} (der Typ sollte {name} sein)</translation>
    </message>
    <message>
        <source>{found} were found, and {fewest} at least are a repetition</source>
        <translation>{found} wurden gefunden, und mindestens {fewest} sind eine Wiederholung</translation>
    </message>
    <message>
        <source>{found}, and the board said {label}.</source>
        <translation>{found}, und das Board sagte {label}.</translation>
    </message>
    <message>
        <source>{found}.</source>
        <translation>{found}.</translation>
    </message>
    <message>
        <source>{found}. Check that it is powered, near and not connected to another computer, or start one with `motionloop virtual-board`.</source>
        <translation>{found}. Prüfen, ob es Strom hat, nah und mit keinem anderen Computer verbunden ist, oder mit `motionloop virtual-board` eines starten.</translation>
    </message>
    <message>
        <source>{found}: at least {low:.0%} of such windows</source>
        <translation>{found}: mindestens {low:.0%} solcher Fenster</translation>
    </message>
    <message>
        <source>{found}: {low:.0%} to {high:.0%} of such windows</source>
        <translation>{found}: {low:.0%} bis {high:.0%} solcher Fenster</translation>
    </message>
    <message>
        <source>{found}; in range: {boards}</source>
        <translation>{found}; in Reichweite: {boards}</translation>
    </message>
    <message>
        <source>{good} of {all} recordings are as they should be.</source>
        <translation>{good} von {all} Aufnahmen sind, wie sie sein sollen.</translation>
    </message>
    <message>
        <source>{group} differ in {difference}</source>
        <translation>{group} unterscheiden sich: {difference}</translation>
    </message>
    <message>
        <source>{job} {share:.0%}</source>
        <translation>{job} {share:.0%}</translation>
    </message>
    <message>
        <source>{job}. Board: {board}</source>
        <translation>{job}. Board: {board}</translation>
    </message>
    <message>
        <source>{job}. Boards: {boards}</source>
        <translation>{job}. Boards: {boards}</translation>
    </message>
    <message>
        <source>{job}: cancelled</source>
        <translation>{job}: abgebrochen</translation>
    </message>
    <message>
        <source>{job}: {step}</source>
        <translation>{job}: {step}</translation>
    </message>
    <message>
        <source>{key!r} is missing</source>
        <translation>{key!r} fehlt</translation>
    </message>
    <message>
        <source>{key!r} is not known here</source>
        <translation>{key!r} ist hier nicht bekannt</translation>
    </message>
    <message>
        <source>{key!r} is {shown}</source>
        <translation>{key!r} ist {shown}</translation>
    </message>
    <message>
        <source>{key!r} is {shown} (it should be a list of texts)</source>
        <translation>{key!r} ist {shown} (es sollte eine Liste von Texten sein)</translation>
    </message>
    <message>
        <source>{key!r} is {shown}, which has halves of characters</source>
        <translation>{key!r} ist {shown} mit halben Zeichen</translation>
    </message>
    <message>
        <source>{key!r} is {shown}, which is out of range</source>
        <translation>{key!r} ist {shown}, außerhalb des Möglichen</translation>
    </message>
    <message>
        <source>{kind} {number}</source>
        <translation>{kind} {number}</translation>
    </message>
    <message>
        <source>{kind}, {count} maps</source>
        <translation>{kind}, {count} Karten</translation>
    </message>
    <message>
        <source>{kind}, {count} probabilities</source>
        <translation>{kind}, {count} Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>{kind}, {count} values</source>
        <translation>{kind}, {count} Werte</translation>
    </message>
    <message>
        <source>{label!r} ({seconds:.0f} s)</source>
        <translation>{label!r} ({seconds:.0f} s)</translation>
    </message>
    <message>
        <source>{label!r} is the answer where no label fits</source>
        <translation>{label!r} ist die Antwort, wo kein Label passt</translation>
    </message>
    <message>
        <source>{label}  {time} today</source>
        <translation>{label}  {time} heute</translation>
    </message>
    <message>
        <source>{label} becomes, in all recordings:</source>
        <translation>{label} heißt in allen Aufnahmen künftig:</translation>
    </message>
    <message>
        <source>{label} is there already.</source>
        <translation>{label} gibt es schon.</translation>
    </message>
    <message>
        <source>{label} {seconds:.0f} s</source>
        <translation>{label} {seconds:.0f} s</translation>
    </message>
    <message>
        <source>{label} {seconds:.1f} s</source>
        <translation>{label} {seconds:.1f} s</translation>
    </message>
    <message>
        <source>{label}, by {person}</source>
        <translation>{label}, von {person}</translation>
    </message>
    <message>
        <source>{label}, likeness {share:.0%}</source>
        <translation>{label}, Ähnlichkeit {share:.0%}</translation>
    </message>
    <message>
        <source>{label}, {seconds:.0f} s of {people}</source>
        <translation>{label}, {seconds:.0f} s von {people}</translation>
    </message>
    <message>
        <source>{label}, {seconds:.2f} s: a label&apos;s number renames it</source>
        <translation>{label}, {seconds:.2f} s: die Ziffer eines Labels benennt ihn um</translation>
    </message>
    <message>
        <source>{label}: {right} of {total} right</source>
        <translation>{label}: {right} von {total} richtig</translation>
    </message>
    <message>
        <source>{least_hz:.5g} to {most_hz:.5g} Hz by the times, each recording&apos;s own</source>
        <translation>{least_hz:.5g} bis {most_hz:.5g} Hz nach den Zeiten, je Aufnahme eine eigene</translation>
    </message>
    <message>
        <source>{left} of {total}</source>
        <translation>{left} von {total}</translation>
    </message>
    <message>
        <source>{length}; {low:.2f} to {high:.2f} g</source>
        <translation>{length}; {low:.2f} bis {high:.2f} g</translation>
    </message>
    <message>
        <source>{level:.4g}</source>
        <translation>{level:.4g}</translation>
    </message>
    <message>
        <source>{lines}: a cell is missing or no number</source>
        <translation>{lines}: Eine Zelle fehlt oder ist keine Zahl</translation>
    </message>
    <message>
        <source>{lines}: too few cells or too many</source>
        <translation>{lines}: zu wenige oder zu viele Zellen</translation>
    </message>
    <message>
        <source>{listed} differ in {difference}</source>
        <translation>{listed} unterscheiden sich: {difference}</translation>
    </message>
    <message>
        <source>{listed}: another program on this computer is connected to it. Close that first (the studio, or a command in another window).</source>
        <translation>{listed}: Ein anderes Programm auf diesem Computer ist damit verbunden. Es zuerst schließen (das Studio oder einen Befehl in einem anderen Fenster).</translation>
    </message>
    <message numerus="yes">
        <source>{lost} samples lost in %n gap(s)</source>
        <translation>
            <numerusform>{lost} Messwerte in %n Lücke verloren</numerusform>
            <numerusform>{lost} Messwerte in %n Lücken verloren</numerusform>
        </translation>
    </message>
    <message>
        <source>{low:.2f} to {high:.2f} rad/s</source>
        <translation>{low:.2f} bis {high:.2f} rad/s</translation>
    </message>
    <message>
        <source>{measured}, about {milliseconds:.0f} ms on a Nano</source>
        <translation>{measured}, etwa {milliseconds:.0f} ms auf einem Nano</translation>
    </message>
    <message>
        <source>{milliseconds:.1f} ms {where}</source>
        <translation>{milliseconds:.1f} ms {where}</translation>
    </message>
    <message>
        <source>{minutes:.1f} min</source>
        <translation>{minutes:.1f} min</translation>
    </message>
    <message>
        <source>{minutes} min ago</source>
        <translation>vor {minutes} min</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} min {seconds} s</translation>
    </message>
    <message>
        <source>{missing}, and declared as lost. Put the file back from a backup if there is one.</source>
        <translation>{missing} und gelten als verloren. Die Datei aus einer Sicherung zurücklegen, wenn es eine gibt.</translation>
    </message>
    <message>
        <source>{model} (one dropped)</source>
        <translation>{model} (eines verworfen)</translation>
    </message>
    <message>
        <source>{name!r} is a kind of split: choose another name.</source>
        <translation>{name!r} ist eine Art der Aufteilung: einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>{name!r} is longer than {most} characters</source>
        <translation>{name!r} ist länger als {most} Zeichen</translation>
    </message>
    <message>
        <source>{name!r} says of its samples what cannot be ({error}): {folder} was not made. Update its firmware.</source>
        <translation>{name!r} sagt von seinen Messwerten Unmögliches ({error}): {folder} wurde nicht angelegt. Die Firmware aktualisieren.</translation>
    </message>
    <message>
        <source>{names} and others</source>
        <translation>{names} und andere</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} und {count} weitere</translation>
    </message>
    <message>
        <source>{names} has {device} open. Close it (a serial monitor, an IDE, a terminal) and repeat the command.</source>
        <translation>{names} hat {device} offen. Es schließen (ein serieller Monitor, eine IDE, ein Terminal) und den Befehl wiederholen.</translation>
    </message>
    <message>
        <source>{names}: recorded right now.</source>
        <translation>{names}: wird gerade aufgenommen.</translation>
    </message>
    <message>
        <source>{name} ({values})</source>
        <translation>{name} ({values})</translation>
    </message>
    <message>
        <source>{name} and {other} are one session of several boards at once, and one of them would be in the test. Hold out both.</source>
        <translation>{name} und {other} sind eine Sitzung mehrerer Boards zugleich, und eines davon wäre im Test. Beide zurückhalten.</translation>
    </message>
    <message>
        <source>{name} at {seconds:.2f} s: {value}</source>
        <translation>{name} bei {seconds:.2f} s: {value}</translation>
    </message>
    <message>
        <source>{name} blinks for {seconds} seconds.</source>
        <translation>{name} blinkt {seconds} Sekunden lang.</translation>
    </message>
    <message>
        <source>{name} cannot be cut into events: {cause}. {cure}.</source>
        <translation>{name} lässt sich nicht in Ereignisse schneiden: {cause}. {cure}.</translation>
    </message>
    <message>
        <source>{name} did not restart: it is not the board on USB.</source>
        <translation>{name} startete nicht neu: Es ist nicht das Board an USB.</translation>
    </message>
    <message>
        <source>{name} is not a usable model package: {status} ({detail}). Train the model again, or copy the file again if it was copied.</source>
        <translation>{name} ist kein brauchbares Modellpaket: {status} ({detail}). Das Modell neu trainieren, oder die Datei neu kopieren, wenn sie kopiert wurde.</translation>
    </message>
    <message>
        <source>{name} is not a usable model package: {status}: {fault}</source>
        <translation>{name} ist kein brauchbares Modellpaket: {status}: {fault}</translation>
    </message>
    <message>
        <source>{name} is too much work for a board: {fault}. Train a smaller network: fewer filters, a shorter window.</source>
        <translation>{name} ist zu viel Rechenarbeit für ein Board: {fault}. Ein kleineres Netz trainieren: weniger Filter, ein kürzeres Fenster.</translation>
    </message>
    <message>
        <source>{name} of {column}: {value}</source>
        <translation>{name} von {column}: {value}</translation>
    </message>
    <message>
        <source>{name}: {seconds:.1f} s, {rate:.5g} Hz, {labels}, {wearer}, {lost} lost, {clipped} clipped</source>
        <translation>{name}: {seconds:.1f} s, {rate:.5g} Hz, {labels}, {wearer}, {lost} verloren, {clipped} übersteuert</translation>
    </message>
    <message>
        <source>{note} ({count} recordings)</source>
        <translation>{note} ({count} Aufnahmen)</translation>
    </message>
    <message>
        <source>{number}%</source>
        <translation>{number}&#xa0;%</translation>
    </message>
    <message>
        <source>{old!r} would become {one!r} and {other!r}: choose one of them.</source>
        <translation>{old!r} würde {one!r} und {other!r}: eines davon wählen.</translation>
    </message>
    <message numerus="yes">
        <source>{old} is {new} now, in %n recording(s).</source>
        <translation>
            <numerusform>{old} heißt jetzt {new}, in %n Aufnahme.</numerusform>
            <numerusform>{old} heißt jetzt {new}, in %n Aufnahmen.</numerusform>
        </translation>
    </message>
    <message>
        <source>{old} is {new} now, in one recording.</source>
        <translation>{old} heißt jetzt {new}, in einer Aufnahme.</translation>
    </message>
    <message>
        <source>{outputs} outputs of a model with {classes} classes</source>
        <translation>{outputs} Ausgaben eines Modells mit {classes} Klassen</translation>
    </message>
    <message>
        <source>{parent} is being recorded right now: stop that recording first.</source>
        <translation>{parent} wird gerade aufgenommen: zuerst jene Aufnahme beenden.</translation>
    </message>
    <message>
        <source>{path!r} is {shown} (it should be a list of whole numbers)</source>
        <translation>{path!r} ist {shown} (es sollte eine Liste ganzer Zahlen sein)</translation>
    </message>
    <message>
        <source>{path} and {count} more</source>
        <translation>{path} und {count} weitere</translation>
    </message>
    <message>
        <source>{path} and {other} are of different times: they do not overlap. Import each on its own under another name, or correct the times.</source>
        <translation>{path} und {other} sind von verschiedenen Zeiten: Sie überschneiden sich nicht. Jede für sich unter anderem Namen importieren, oder die Zeiten berichtigen.</translation>
    </message>
    <message>
        <source>{path} and {other} have no common clock ({count} and {other_count} rows): give both files times, or as many rows.</source>
        <translation>{path} und {other} haben keine gemeinsame Uhr ({count} und {other_count} Zeilen): beiden Dateien Zeiten geben oder gleich viele Zeilen.</translation>
    </message>
    <message>
        <source>{path} beside {beside} has no three columns of rotation: rename it, or say with --columns what each column is.</source>
        <translation>{path} neben {beside} hat keine drei Spalten der Drehung: umbenennen, oder mit --columns sagen, was jede Spalte ist.</translation>
    </message>
    <message>
        <source>{path} cannot be opened ({cause}): check its permissions.</source>
        <translation>{path} lässt sich nicht öffnen ({cause}): die Zugriffsrechte prüfen.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({cause}).</source>
        <translation>{path} lässt sich nicht lesen ({cause}).</translation>
    </message>
    <message>
        <source>{path} cannot be read ({cause}): check its permissions.</source>
        <translation>{path} lässt sich nicht lesen ({cause}): die Zugriffsrechte prüfen.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({cause}): check the file.</source>
        <translation>{path} lässt sich nicht lesen ({cause}): die Datei prüfen.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({error}): check the file.</source>
        <translation>{path} lässt sich nicht lesen ({error}): die Datei prüfen.</translation>
    </message>
    <message>
        <source>{path} cannot be read as .xdf ({error}): record or export it again.</source>
        <translation>{path} lässt sich nicht als .xdf lesen ({error}): neu aufnehmen oder exportieren.</translation>
    </message>
    <message>
        <source>{path} cannot be read as Parquet ({error}): export it again, without nested columns.</source>
        <translation>{path} lässt sich nicht als Parquet lesen ({error}): neu exportieren, ohne verschachtelte Spalten.</translation>
    </message>
    <message>
        <source>{path} cannot be read as a file of KU-HAR ({error}): get it again.</source>
        <translation>{path} lässt sich nicht als Datei von KU-HAR lesen ({error}): neu besorgen.</translation>
    </message>
    <message>
        <source>{path} cannot be read as a file of PAMAP2 ({error}): get it again.</source>
        <translation>{path} lässt sich nicht als Datei von PAMAP2 lesen ({error}): neu besorgen.</translation>
    </message>
    <message>
        <source>{path} cannot be read as a trial of MotionSense ({error}): get it again.</source>
        <translation>{path} lässt sich nicht als Versuch von MotionSense lesen ({error}): neu besorgen.</translation>
    </message>
    <message>
        <source>{path} cannot be read as an .eaf of ELAN ({error}): save it in ELAN again.</source>
        <translation>{path} lässt sich nicht als .eaf von ELAN lesen ({error}): in ELAN neu speichern.</translation>
    </message>
    <message>
        <source>{path} cannot be read as numbers ({error}): get the data set again.</source>
        <translation>{path} lässt sich nicht als Zahlen lesen ({error}): den Datensatz neu besorgen.</translation>
    </message>
    <message>
        <source>{path} cannot be read as numbers and names ({error}): get the data set again.</source>
        <translation>{path} lässt sich nicht als Zahlen und Namen lesen ({error}): den Datensatz neu besorgen.</translation>
    </message>
    <message>
        <source>{path} cannot be used as a .dcli of SensiML: {error}. Export it again.</source>
        <translation>{path} ist als .dcli von SensiML nicht verwendbar: {error}. Neu exportieren.</translation>
    </message>
    <message>
        <source>{path} cannot be used as a file of Edge Impulse: {error}. Export it again.</source>
        <translation>{path} ist als Datei von Edge Impulse nicht verwendbar: {error}. Neu exportieren.</translation>
    </message>
    <message>
        <source>{path} cannot be used as an export of Label Studio ({error}): export it again, as JSON, with a time column of numbers.</source>
        <translation>{path} ist als Export von Label Studio nicht verwendbar ({error}): neu exportieren, als JSON, mit einer Zeitspalte aus Zahlen.</translation>
    </message>
    <message>
        <source>{path} cannot be used as an info.labels of Edge Impulse: {error}. Export it again, or remove it: labels then come from the names of the files.</source>
        <translation>{path} ist als info.labels von Edge Impulse nicht verwendbar: {error}. Neu exportieren oder entfernen: Labels kommen dann aus den Dateinamen.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}). {state} Check the disk and its permissions.</source>
        <translation>{path} lässt sich nicht schreiben ({reason}). {state} Die Festplatte und ihre Zugriffsrechte prüfen.</translation>
    </message>
    <message>
        <source>{path} has a segment that cannot be used: {error}. Export it again.</source>
        <translation>{path} hat einen unbrauchbaren Abschnitt: {error}. Neu exportieren.</translation>
    </message>
    <message>
        <source>{path} has labels from {first:g} to {last:g}, which in no unit of time lie inside {name!r} ({seconds:.1f} s): is it of another recording? If not, say the unit with --time-unit.</source>
        <translation>{path} hat Labels von {first:g} bis {last:g}, die in keiner Zeiteinheit in {name!r} ({seconds:.1f} s) liegen: Ist es von einer anderen Aufnahme? Wenn nicht, die Einheit mit --time-unit angeben.</translation>
    </message>
    <message>
        <source>{path} has no acceleration: record it in phyphox with &quot;Acceleration (with g)&quot; and &quot;Gyroscope&quot;.</source>
        <translation>{path} hat keine Beschleunigung: in phyphox mit &quot;Beschleunigung (mit g)&quot; und &quot;Gyroskop&quot; aufnehmen.</translation>
    </message>
    <message>
        <source>{path} has no label {unknown}: choose among {there}.</source>
        <translation>{path} hat kein Label {unknown}: aus {there} wählen.</translation>
    </message>
    <message>
        <source>{path} has no labelled region: label in Label Studio first.</source>
        <translation>{path} hat keinen Bereich mit Label: zuerst in Label Studio labeln.</translation>
    </message>
    <message>
        <source>{path} has no rows of an accelerometer in its column {name!r}, only {kinds}: correct it there.</source>
        <translation>{path} hat in der Spalte {name!r} keine Zeilen eines Beschleunigungssensors, nur {kinds}: dort berichtigen.</translation>
    </message>
    <message>
        <source>{path} has no stream with three axes of acceleration: it has {streams}. Name the channels of motion like AccelerationX.</source>
        <translation>{path} hat keinen Strom mit drei Achsen der Beschleunigung: Es hat {streams}. Die Kanäle der Bewegung wie AccelerationX nennen.</translation>
    </message>
    <message>
        <source>{path} has no stretch of samples that is long enough: {notes}</source>
        <translation>{path} hat keine Strecke von Messwerten, die lang genug ist: {notes}</translation>
    </message>
    <message>
        <source>{path} has no stretch of {least} samples: get the data set again.</source>
        <translation>{path} hat keine Strecke von {least} Messwerten: den Datensatz neu besorgen.</translation>
    </message>
    <message>
        <source>{path} has no three axes of acceleration among its sensors ({names}): there is nothing to learn a motion from.</source>
        <translation>{path} hat unter seinen Sensoren ({names}) keine drei Achsen der Beschleunigung: Daraus lässt sich keine Bewegung lernen.</translation>
    </message>
    <message>
        <source>{path} has no three columns of acceleration {why}: say what each is with --columns (ax,ay,az,gx,gy,gz,t,label, and - for those to leave out).</source>
        <translation>{path} hat keine drei Spalten der Beschleunigung {why}: mit --columns sagen, was jede ist (ax,ay,az,gx,gy,gz,t,label, und - für Wegzulassendes).</translation>
    </message>
    <message>
        <source>{path} has no three columns of gravity: export it again.</source>
        <translation>{path} hat keine drei Spalten der Schwerkraft: neu exportieren.</translation>
    </message>
    <message>
        <source>{path} has no times: export it again.</source>
        <translation>{path} hat keine Zeiten: neu exportieren.</translation>
    </message>
    <message>
        <source>{path} has no times: say how many samples a second has with --rate-hz.</source>
        <translation>{path} hat keine Zeiten: mit --rate-hz sagen, wie viele Messwerte eine Sekunde hat.</translation>
    </message>
    <message>
        <source>{path} has several columns of {what}: {named}. Say which to use with --columns (ax,ay,az,gx,gy,gz,t,label, and - for those to leave out).</source>
        <translation>{path} hat mehrere Spalten für {what}: {named}. Mit --columns sagen, welche gelten (ax,ay,az,gx,gy,gz,t,label, und - für Wegzulassendes).</translation>
    </message>
    <message>
        <source>{path} has times that no clock shows: its bytes are damaged. Copy or record it again.</source>
        <translation>{path} hat Zeiten, die keine Uhr zeigt: Ihre Bytes sind beschädigt. Die Datei neu kopieren oder neu aufnehmen.</translation>
    </message>
    <message>
        <source>{path} has {cells} columns and --columns names {count}: name each in order, with - for those to leave out.</source>
        <translation>{path} hat {cells} Spalten, und --columns nennt {count}: jede der Reihe nach nennen, mit - für Wegzulassendes.</translation>
    </message>
    <message>
        <source>{path} has {cells} columns without names, and their numbers do not show which are acceleration: say what each is with --columns (ax,ay,az,gx,gy,gz,t,label, and - for those to leave out).</source>
        <translation>{path} hat {cells} Spalten ohne Namen, und ihre Zahlen zeigen nicht, welche Beschleunigung sind: mit --columns sagen, was jede ist (ax,ay,az,gx,gy,gz,t,label, und - für Wegzulassendes).</translation>
    </message>
    <message>
        <source>{path} has {columns} columns and not {width}: get the data set again.</source>
        <translation>{path} hat {columns} Spalten und nicht {width}: den Datensatz neu besorgen.</translation>
    </message>
    <message>
        <source>{path} has {count} samples and {name} {other_count}: get the data set again.</source>
        <translation>{path} hat {count} Messwerte und {name} {other_count}: den Datensatz neu besorgen.</translation>
    </message>
    <message>
        <source>{path} has {count} tasks, of which {found} have data named like {name!r}: export this recording&apos;s task alone.</source>
        <translation>{path} hat {count} Aufgaben, davon {found} mit Daten namens {name!r}: die Aufgabe dieser Aufnahme allein exportieren.</translation>
    </message>
    <message>
        <source>{path} has {count} tiers with annotations ({names}): name the one with the labels by --tier.</source>
        <translation>{path} hat {count} Spuren mit Annotationen ({names}): mit --tier die mit den Labels nennen.</translation>
    </message>
    <message>
        <source>{path} has {label_files} alone: put the files that it names beside it.</source>
        <translation>{path} hat nur {label_files}: die darin genannten Dateien daneben legen.</translation>
    </message>
    <message>
        <source>{path} holds labels and no motion: take them for a recording that is there by `motionloop label RECORDING --from {path}`.</source>
        <translation>{path} enthält Labels und keine Bewegung: sie mit `motionloop label RECORDING --from {path}` für eine vorhandene Aufnahme nehmen.</translation>
    </message>
    <message>
        <source>{path} holds no labels that are read here: give an .eaf of ELAN, or an export of Label Studio as JSON. Motion with labels in it is imported.</source>
        <translation>{path} enthält keine Labels, die hier gelesen werden: ein .eaf von ELAN oder einen Export von Label Studio als JSON angeben. Bewegung mit Labels darin wird importiert.</translation>
    </message>
    <message>
        <source>{path} holds no rows of numbers: check the file.</source>
        <translation>{path} enthält keine Zeilen mit Zahlen: die Datei prüfen.</translation>
    </message>
    <message>
        <source>{path} holds rotation only: name the accelerometer&apos;s file beside it instead.</source>
        <translation>{path} enthält nur Drehung: stattdessen die Datei des Beschleunigungssensors daneben nennen.</translation>
    </message>
    <message>
        <source>{path} holds rotation only: put the accelerometer&apos;s file beside it.</source>
        <translation>{path} enthält nur Drehung: die Datei des Beschleunigungssensors daneben legen.</translation>
    </message>
    <message>
        <source>{path} is a folder, and no file takes its place. Nothing was written. Choose another place, or move that folder away.</source>
        <translation>{path} ist ein Ordner, und keine Datei tritt an seine Stelle. Nichts wurde geschrieben. Einen anderen Ort wählen oder den Ordner wegschieben.</translation>
    </message>
    <message>
        <source>{path} is a zip that is damaged: it is cut off. Get or copy it again.</source>
        <translation>{path} ist ein beschädigtes Zip: Es ist abgeschnitten. Neu besorgen oder kopieren.</translation>
    </message>
    <message>
        <source>{path} is cut off, with no motion that is whole in it: copy it again, or record again.</source>
        <translation>{path} ist abgeschnitten und enthält keine vollständige Bewegung: neu kopieren oder neu aufnehmen.</translation>
    </message>
    <message>
        <source>{path} is missing: put it back from a backup, or delete the folder, for without it no sample of this recording is left.</source>
        <translation>{path} fehlt: aus einer Sicherung zurücklegen oder den Ordner löschen, denn ohne sie ist kein Messwert dieser Aufnahme übrig.</translation>
    </message>
    <message>
        <source>{path} is no split ({error}). Put it back from a backup, or delete the file and make it again with `motionloop dataset --fix-split`.</source>
        <translation>{path} ist keine Aufteilung ({error}). Aus einer Sicherung zurücklegen, oder die Datei löschen und mit `motionloop dataset --fix-split` neu machen.</translation>
    </message>
    <message>
        <source>{path} is not of a kind that is read here: it is none of {formats}. Export it again as one of these.</source>
        <translation>{path} ist von keiner Art, die hier gelesen wird: keines von {formats}. Als eines davon neu exportieren.</translation>
    </message>
    <message>
        <source>{path} is not signed (its algorithm is {alg!r}): leave the key away to import it.</source>
        <translation>{path} ist nicht unterschrieben (Verfahren {alg!r}): zum Importieren den Schlüssel weglassen.</translation>
    </message>
    <message>
        <source>{path} is not the flash of a virtual board ({bytes} bytes instead of {flash_bytes}). Give another file with --flash, or delete this one to start with an empty board.</source>
        <translation>{path} ist nicht der Speicher eines virtuellen Boards ({bytes} Bytes statt {flash_bytes}). Mit --flash eine andere Datei angeben, oder diese löschen und mit einem leeren Board beginnen.</translation>
    </message>
    <message>
        <source>{path} is not there: choose the video again.</source>
        <translation>{path} ist nicht da: das Video neu wählen.</translation>
    </message>
    <message>
        <source>{path} was not signed with this key, or was changed since: get the file again, use the key of the device that signed it, or leave the key away.</source>
        <translation>{path} wurde nicht mit diesem Schlüssel unterschrieben oder seither geändert: die Datei neu besorgen, den Schlüssel des Geräts verwenden, das unterschrieb, oder den Schlüssel weglassen.</translation>
    </message>
    <message>
        <source>{path} {fault}. A data file is an .npz with {layout}, in g and rad/s: get it again, or convert it to that.</source>
        <translation>{path} {fault}. Eine Datendatei ist ein .npz mit {layout}, in g und rad/s: neu besorgen oder dahin umwandeln.</translation>
    </message>
    <message>
        <source>{path} {fault}. {remedy}</source>
        <translation>{path} {fault}. {remedy}</translation>
    </message>
    <message>
        <source>{path}: its rows are not in the order of time, and some have the same time, so that their order cannot be known. Sort the rows as they were measured, or give each recording a file of its own.</source>
        <translation>{path}: Die Zeilen sind nicht nach der Zeit geordnet, und einige haben dieselbe Zeit, ihre Reihenfolge ist also unbekannt. Die Zeilen sortieren, wie gemessen wurde, oder jeder Aufnahme eine eigene Datei geben.</translation>
    </message>
    <message>
        <source>{path}: its times give {rate_hz:.3g} Hz, which is no rate of a motion sensor. Say the unit of time with --time-unit (s, ms, us, ns, min or h), or the rate with --rate-hz.</source>
        <translation>{path}: Die Zeiten ergeben {rate_hz:.3g} Hz, was keine Rate eines Bewegungssensors ist. Die Zeiteinheit mit --time-unit (s, ms, us, ns, min oder h) angeben, oder die Rate mit --rate-hz.</translation>
    </message>
    <message>
        <source>{path}: its times show no rate: {cause}. Record longer, or give the rate with --rate-hz.</source>
        <translation>{path}: Die Zeiten zeigen keine Rate: {cause}. Länger aufnehmen, oder die Rate mit --rate-hz angeben.</translation>
    </message>
    <message>
        <source>{path}: its two sensors have no time in common; get it again.</source>
        <translation>{path}: Die zwei Sensoren haben keine gemeinsame Zeit; neu besorgen.</translation>
    </message>
    <message>
        <source>{path}: the unit of its times cannot be known; give --time-unit.</source>
        <translation>{path}: Die Einheit der Zeiten ist nicht erkennbar; --time-unit angeben.</translation>
    </message>
    <message>
        <source>{path}: {reason}</source>
        <translation>{path}: {reason}</translation>
    </message>
    <message>
        <source>{people} and {count} more</source>
        <translation>{people} und {count} weitere</translation>
    </message>
    <message numerus="yes">
        <source>{people}; %n session(s)</source>
        <translation>
            <numerusform>{people}; %n Sitzung</numerusform>
            <numerusform>{people}; %n Sitzungen</numerusform>
        </translation>
    </message>
    <message>
        <source>{percent} % of the weights are zero, but a zero is stored and multiplied like any number: only gzip shrinks, and the board does not unpack it.</source>
        <translation>{percent} % der Gewichte sind null, aber eine Null wird gespeichert und malgenommen wie jede Zahl: Nur gzip schrumpft, und das Board entpackt es nicht.</translation>
    </message>
    <message>
        <source>{person} ({seconds:.0f} s)</source>
        <translation>{person} ({seconds:.0f} s)</translation>
    </message>
    <message>
        <source>{pio} cannot be run ({cause}). Install PlatformIO: `{command}`</source>
        <translation>{pio} lässt sich nicht ausführen ({cause}). PlatformIO installieren: `{command}`</translation>
    </message>
    <message>
        <source>{points:.1f} points of the second figure are not skill but leaking.</source>
        <translation>{points:.1f} Punkte der zweiten Zahl sind kein Können, sondern Durchsickern.</translation>
    </message>
    <message>
        <source>{port} is not a Nano 33 BLE and cannot run this firmware. Give the port of another board; there is {listed}.</source>
        <translation>{port} ist kein Nano 33 BLE und kann diese Firmware nicht ausführen. Den Anschluss eines anderen Boards angeben; es gibt {listed}.</translation>
    </message>
    <message>
        <source>{pupil} wears {board}, as the page Room has it, and is written down.</source>
        <translation>{pupil} trägt {board}, wie die Seite Klasse sagt, und wird notiert.</translation>
    </message>
    <message>
        <source>{rate:.0f} of {wanted:.0f} Hz   lost {lost}</source>
        <translation>{rate:.0f} von {wanted:.0f} Hz   verloren {lost}</translation>
    </message>
    <message>
        <source>{rate:g} Hz</source>
        <translation>{rate:g} Hz</translation>
    </message>
    <message>
        <source>{rate_hz:.5g} Hz</source>
        <translation>{rate_hz:.5g} Hz</translation>
    </message>
    <message>
        <source>{rate_hz:.5g} Hz by interval_ms</source>
        <translation>{rate_hz:.5g} Hz nach interval_ms</translation>
    </message>
    <message>
        <source>{rate_hz:.5g} Hz by the times</source>
        <translation>{rate_hz:.5g} Hz nach den Zeiten</translation>
    </message>
    <message>
        <source>{rate_hz:.5g} Hz by the times; the file says {nominal_hz:g}</source>
        <translation>{rate_hz:.5g} Hz nach den Zeiten; die Datei sagt {nominal_hz:g}</translation>
    </message>
    <message>
        <source>{rate_hz:.5g} Hz by {name}</source>
        <translation>{rate_hz:.5g} Hz nach {name}</translation>
    </message>
    <message>
        <source>{rate_hz:g} Hz by the words above the table</source>
        <translation>{rate_hz:g} Hz nach den Worten über der Tabelle</translation>
    </message>
    <message>
        <source>{rate_hz:g} Hz, {evidence}</source>
        <translation>{rate_hz:g} Hz, {evidence}</translation>
    </message>
    <message>
        <source>{rate_hz:g} Hz: gestures of {lines} lines, one second each in Arduino&apos;s tutorial</source>
        <translation>{rate_hz:g} Hz: Gesten von {lines} Zeilen, je eine Sekunde in Arduinos Anleitung</translation>
    </message>
    <message>
        <source>{recording} could not be read: open it again.</source>
        <translation>{recording} konnte nicht gelesen werden: neu öffnen.</translation>
    </message>
    <message>
        <source>{recording} is not there any more, and with it the edits of this moment.</source>
        <translation>{recording} gibt es nicht mehr, und damit auch nicht die eben gemachten Änderungen.</translation>
    </message>
    <message>
        <source>{recording} was changed while it was read: open it again.</source>
        <translation>{recording} wurde beim Lesen geändert: noch einmal öffnen.</translation>
    </message>
    <message>
        <source>{recording} was deleted or moved meanwhile.</source>
        <translation>{recording} wurde inzwischen gelöscht oder verschoben.</translation>
    </message>
    <message>
        <source>{recording}: its film begins {offset_s:g} s after the first sample; ELAN&apos;s time begins with the film, so that the film is not linked.</source>
        <translation>{recording}: Der Film beginnt {offset_s:g} s nach dem ersten Messwert; die Zeit von ELAN beginnt mit dem Film, darum ist er nicht verknüpft.</translation>
    </message>
    <message>
        <source>{recording}: the label {label!r} at {start_s:.3f} s is shorter than ELAN&apos;s millisecond.</source>
        <translation>{recording}: Das Label {label!r} bei {start_s:.3f} s ist kürzer als die Millisekunde von ELAN.</translation>
    </message>
    <message>
        <source>{recording}: {count} of {total} samples have no label and were left out.</source>
        <translation>{recording}: {count} von {total} Messwerten haben kein Label und wurden weggelassen.</translation>
    </message>
    <message>
        <source>{right} of {count} windows right</source>
        <translation>{right} von {count} Fenstern richtig</translation>
    </message>
    <message>
        <source>{rows} out of order, put in the order of time</source>
        <translation>{rows} nicht in der Reihenfolge der Zeit, geordnet</translation>
    </message>
    <message>
        <source>{rows} twice with equal time and values, taken once</source>
        <translation>{rows} doppelt mit gleicher Zeit und gleichen Werten, einmal genommen</translation>
    </message>
    <message>
        <source>{rows} with a repeated time</source>
        <translation>{rows} mit wiederholter Zeit</translation>
    </message>
    <message>
        <source>{said}, and not 1</source>
        <translation>{said}, und nicht 1</translation>
    </message>
    <message>
        <source>{said}, and not 1 g</source>
        <translation>{said}, und nicht 1 g</translation>
    </message>
    <message>
        <source>{said}, {share:.0%} of the motion&apos;s own strength; a sensor that measures gravity has 47 %</source>
        <translation>{said}, {share:.0%} der Stärke der Bewegung selbst; ein Sensor, der Schwerkraft misst, hat 47 %</translation>
    </message>
    <message>
        <source>{samples} of {of} samples ({share:.2%}) stop at {ends}</source>
        <translation>{samples} von {of} Messwerten ({share:.2%}) enden bei {ends}</translation>
    </message>
    <message>
        <source>{seconds:.0f} s</source>
        <translation>{seconds:.0f} s</translation>
    </message>
    <message>
        <source>{seconds:.0f} s of {people}</source>
        <translation>{seconds:.0f} s von {people}</translation>
    </message>
    <message>
        <source>{seconds:.1f} s</source>
        <translation>{seconds:.1f} s</translation>
    </message>
    <message>
        <source>{seconds:.1f} s before the end</source>
        <translation>{seconds:.1f} s vor dem Ende</translation>
    </message>
    <message>
        <source>{seconds:.2f} s</source>
        <translation>{seconds:.2f} s</translation>
    </message>
    <message>
        <source>{seconds:.3f} s ({hertz:.2f} Hz)</source>
        <translation>{seconds:.3f} s ({hertz:.2f} Hz)</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{sensor} was not recorded or is dead, and zeros stand in its place; a board measures it, so a model of this is of no use there</source>
        <translation>{sensor} wurde nicht aufgenommen oder ist tot, und Nullen stehen an der Stelle; ein Board misst das, ein Modell davon nützt dort also nichts</translation>
    </message>
    <message>
        <source>{shape} values</source>
        <translation>{shape} Werte</translation>
    </message>
    <message>
        <source>{share:.0%} of its samples are at the sensor&apos;s end.</source>
        <translation>{share:.0%} ihrer Messwerte sind am Ende des Messbereichs.</translation>
    </message>
    <message>
        <source>{share:.0%} of its samples are missing.</source>
        <translation>{share:.0%} ihrer Messwerte fehlen.</translation>
    </message>
    <message>
        <source>{share:.0%} of the answers were unknown: your motion is unlike all that the model learned ({labels}).</source>
        <translation>{share:.0%} der Antworten waren unbekannt: Ihre Bewegung gleicht nichts, was das Modell gelernt hat ({labels}).</translation>
    </message>
    <message>
        <source>{share:.0%} of the samples are at the end of the sensor&apos;s range.</source>
        <translation>{share:.0%} der Messwerte liegen am Ende des Messbereichs.</translation>
    </message>
    <message>
        <source>{share:.0%} of {label} looks more like {other}.</source>
        <translation>{share:.0%} von {label} gleichen eher {other}.</translation>
    </message>
    <message>
        <source>{share:.1%}</source>
        <translation>{share:.1%}</translation>
    </message>
    <message>
        <source>{share}; int8 under {runtime}; {split}</source>
        <translation>{share}; int8 mit {runtime}; {split}</translation>
    </message>
    <message>
        <source>{shown} should be an object with {key!r} in it</source>
        <translation>{shown} sollte ein Objekt mit {key!r} darin sein</translation>
    </message>
    <message>
        <source>{silence}. Nothing can be recorded now: switch the board on, or bring it nearer.</source>
        <translation>{silence}. Jetzt kann nichts aufgenommen werden: Schalten Sie das Board ein oder bringen Sie es näher.</translation>
    </message>
    <message>
        <source>{silence}. What was recorded is safe; it goes on by itself.</source>
        <translation>{silence}. Das Aufgenommene ist sicher; es geht von selbst weiter.</translation>
    </message>
    <message>
        <source>{some} and {last}</source>
        <translation>{some} und {last}</translation>
    </message>
    <message>
        <source>{source} ({count} of {total} recordings)</source>
        <translation>{source} ({count} von {total} Aufnahmen)</translation>
    </message>
    <message>
        <source>{source} cannot be used: {error}.</source>
        <translation>{source} ist nicht verwendbar: {error}.</translation>
    </message>
    <message>
        <source>{source} cannot be used: {error}. Give another label there, or one for all with --label.</source>
        <translation>{source} ist nicht verwendbar: {error}. Dort ein anderes Label angeben, oder eines für alle mit --label.</translation>
    </message>
    <message>
        <source>{source} has a value of {most:g} in its {what}, too large to be motion: correct it, or give the unit with --accel-unit or --gyro-unit.</source>
        <translation>{source} hat einen Wert von {most:g} ({what}), zu groß für Bewegung: berichtigen, oder die Einheit mit --accel-unit oder --gyro-unit angeben.</translation>
    </message>
    <message>
        <source>{source} has {count} rows that are not numbers, the first is sample {sample} of {name!r}: correct or remove them.</source>
        <translation>{source} hat {count} Zeilen, die keine Zahlen sind, die erste ist Messwert {sample} von {name!r}: berichtigen oder entfernen.</translation>
    </message>
    <message>
        <source>{source} holds no samples of {name!r}: check the file.</source>
        <translation>{source} enthält keine Messwerte von {name!r}: die Datei prüfen.</translation>
    </message>
    <message>
        <source>{span} does not end after it starts</source>
        <translation>{span} endet nicht nach dem Anfang</translation>
    </message>
    <message>
        <source>{span} reaches outside the recording ({start_us} to {end_us} us)</source>
        <translation>{span} reicht über die Aufnahme hinaus ({start_us} bis {end_us} us)</translation>
    </message>
    <message>
        <source>{state}, in use</source>
        <translation>{state}, in Gebrauch</translation>
    </message>
    <message>
        <source>{status} ({detail})</source>
        <translation>{status} ({detail})</translation>
    </message>
    <message>
        <source>{text!r} cannot be done: {error}. Choose another.</source>
        <translation>{text!r} geht nicht: {error}. Etwas anderes wählen.</translation>
    </message>
    <message>
        <source>{text!r} has characters that cannot be shown</source>
        <translation>{text!r} hat Zeichen, die sich nicht zeigen lassen</translation>
    </message>
    <message>
        <source>{text!r} is no condition: write KEY=VALUE with one of the keys {keys}, such as &quot;wearer=ada,placement=wrist&quot;.</source>
        <translation>{text!r} ist keine Bedingung: KEY=VALUE schreiben, mit einem der Schlüssel {keys}, etwa &quot;wearer=ada,placement=wrist&quot;.</translation>
    </message>
    <message>
        <source>{text!r} is no new name: write OLD=NEW, such as walkng=walking.</source>
        <translation>{text!r} ist kein neuer Name: OLD=NEW schreiben, etwa walkng=walking.</translation>
    </message>
    <message>
        <source>{time} recorded, lost {lost}.</source>
        <translation>{time} aufgenommen, {lost} verloren.</translation>
    </message>
    <message>
        <source>{to} is in the folder of a recording, where nothing else is written: choose another place.</source>
        <translation>{to} liegt im Ordner einer Aufnahme, wohin sonst nichts geschrieben wird: einen anderen Ort wählen.</translation>
    </message>
    <message>
        <source>{trained!r} in the training and {tested!r} in the test differ in {difference}: one person? Hold out both, or give them one name with `motionloop edit NAME --wearer`.</source>
        <translation>{trained!r} im Training und {tested!r} im Test unterscheiden sich nur so: {difference}. Eine Person? Beide zurückhalten oder ihnen mit `motionloop edit NAME --wearer` einen Namen geben.</translation>
    </message>
    <message>
        <source>{unit!r} is no unit of acceleration: give {accel_units}, or the steps per g of a raw sensor, such as 16384/g</source>
        <translation>{unit!r} ist keine Einheit der Beschleunigung: {accel_units} angeben, oder die Schritte je g eines rohen Sensors, etwa 16384/g</translation>
    </message>
    <message>
        <source>{unit!r} is no unit of rotation: give {gyro_units}, or the steps per degree per second of a raw sensor, such as 131/dps</source>
        <translation>{unit!r} ist keine Einheit der Drehung: {gyro_units} angeben, oder die Schritte je Grad pro Sekunde eines rohen Sensors, etwa 131/dps</translation>
    </message>
    <message>
        <source>{unit} after the first sample</source>
        <translation>{unit} nach dem ersten Messwert</translation>
    </message>
    <message>
        <source>{unit} on the recording&apos;s clock</source>
        <translation>{unit} auf der Uhr der Aufnahme</translation>
    </message>
    <message>
        <source>{value!r} is no date: write a year, a month or a day, such as 2026-11-20, or two of them as 2026-11-01{range}2026-11-20.</source>
        <translation>{value!r} ist kein Datum: ein Jahr, einen Monat oder einen Tag schreiben, etwa 2026-11-20, oder zwei davon als 2026-11-01{range}2026-11-20.</translation>
    </message>
    <message>
        <source>{value:.2g}</source>
        <translation>{value:.2g}</translation>
    </message>
    <message>
        <source>{value:.4g} {unit}</source>
        <translation>{value:.4g} {unit}</translation>
    </message>
    <message>
        <source>{version}, Python {python} on {system}. Licence: Apache-2.0.</source>
        <translation>{version}, Python {python} auf {system}. Lizenz: Apache-2.0.</translation>
    </message>
    <message>
        <source>{what} at {rate_hz:g} Hz: one spans {span} samples, and a board keeps {kept}. Choose `--window {points}` or less.</source>
        <translation>{what} mit {rate_hz:g} Hz: Eines umfasst {span} Messwerte, und ein Board behält {kept}. `--window {points}` oder weniger wählen.</translation>
    </message>
    <message>
        <source>{what} at {rate_hz:g} Hz: that is more than {ratio} times the model&apos;s rate. Choose `--rate-hz {least_hz}` or more.</source>
        <translation>{what} mit {rate_hz:g} Hz: Das ist mehr als das {ratio}-Fache der Rate des Modells. `--rate-hz {least_hz}` oder mehr wählen.</translation>
    </message>
    <message>
        <source>{what} at {rate_hz:g} Hz: {error}.</source>
        <translation>{what} mit {rate_hz:g} Hz: {error}.</translation>
    </message>
    <message>
        <source>{what} is {now} instead of {before}</source>
        <translation>{what} ist {now} statt {before}</translation>
    </message>
    <message>
        <source>{what} whose {name} reaches {reached:.4g} {unit}: no sensor has such a range. Probably its unit is not {unit}: convert it with `motionloop import`.</source>
        <translation>{what}, die bis {reached:.4g} {unit} reichen ({name}): Kein Sensor hat einen solchen Bereich. Wohl ist die Einheit nicht {unit}: mit `motionloop import` umwandeln.</translation>
    </message>
    <message>
        <source>{what}. The board has no working program now, but its bootloader is whole and it can always be flashed again: {double_tap}, and repeat the command. If it stops again, use another cable and no hub.</source>
        <translation>{what}. Das Board hat jetzt kein lauffähiges Programm, aber sein Bootloader ist heil und es lässt sich immer neu bespielen: {double_tap}, und den Befehl wiederholen. Bricht es wieder ab, ein anderes Kabel und keinen Hub verwenden.</translation>
    </message>
    <message>
        <source>{where} was not changed: gaps of 0 to {most_ms:g} ms can be bridged, not of {bridge_ms:g} ms.</source>
        <translation>{where} wurde nicht geändert: Lücken von 0 bis {most_ms:g} ms lassen sich überbrücken, nicht von {bridge_ms:g} ms.</translation>
    </message>
    <message>
        <source>{where} was not trimmed: {start_us} to {end_us} us is empty or not inside the recording ({first_us} to {last_us} us).</source>
        <translation>{where} wurde nicht beschnitten: {start_us} bis {end_us} us ist leer oder nicht in der Aufnahme ({first_us} bis {last_us} us).</translation>
    </message>
    <message>
        <source>{where}: {evidence}. {cause}. {cure}</source>
        <translation>{where}: {evidence}. {cause}. {cure}</translation>
    </message>
    <message>
        <source>{where}{part!r} cannot be recorded: {reason}. Choose another label.</source>
        <translation>{where}{part!r} lässt sich nicht aufnehmen: {reason}. Ein anderes Label wählen.</translation>
    </message>
    <message>
        <source>{where}{part!r} is not a label and seconds above zero, such as &apos;walking 60&apos;.</source>
        <translation>{where}{part!r} ist kein Label mit Sekunden über null, etwa &apos;walking 60&apos;.</translation>
    </message>
    <message>
        <source>{where}{part!r} makes {count} steps: 1 to {most} are possible.</source>
        <translation>{where}{part!r} ergibt {count} Schritte: 1 bis {most} sind möglich.</translation>
    </message>
    <message>
        <source>{why}: times evened out, by up to {moved_ms:.3g} ms</source>
        <translation>{why}: Zeiten geglättet, um bis zu {moved_ms:.3g} ms</translation>
    </message>
    <message>
        <source>{windows:,} windows</source>
        <translation>{windows:,} Fenster</translation>
    </message>
    <message>
        <source>{words} Choose it beside Test.</source>
        <translation>{words} Neben „Test“ auswählen.</translation>
    </message>
    <message>
        <source>● recording {time}</source>
        <translation>● Aufnahme {time}</translation>
    </message>
    <message>
        <source>● {boards} recording</source>
        <translation>● Aufnahme: {boards}</translation>
    </message>
</context>
</TS>
