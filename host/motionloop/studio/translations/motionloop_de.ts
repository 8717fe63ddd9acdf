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
        <source> ms</source>
        <translation> ms</translation>
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
        <source>%n segment(s)</source>
        <translation>
            <numerusform>%n Abschnitt</numerusform>
            <numerusform>%n Abschnitte</numerusform>
        </translation>
    </message>
    <message>
        <source>1 to 9</source>
        <translation>1 bis 9</translation>
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
        <source>A short motion with rest before and after, such as a gesture: gestures.</source>
        <translation>Eine kurze Bewegung mit Ruhe davor und danach, etwa eine Geste.</translation>
    </message>
    <message>
        <source>A smaller form of one model: quantized, pruned, clustered.</source>
        <translation>Eine kleinere Form eines Modells: quantisiert, ausgedünnt, gruppiert.</translation>
    </message>
    <message>
        <source>About MotionLoop</source>
        <translation>Über MotionLoop</translation>
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
        <source>Alt+Left, Right</source>
        <translation>Alt+Links, Rechts</translation>
    </message>
    <message>
        <source>Another label</source>
        <translation>Weiteres Label</translation>
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
        <source>Board&apos;s self-check</source>
        <translation>Selbstprüfung des Boards</translation>
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
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy the hash of what a training sees: same data, same hash</source>
        <translation>Den Hash dessen kopieren, was ein Training sieht: gleiche Daten, gleicher Hash</translation>
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
        <source>Cut windows</source>
        <translation>Fenster schneiden</translation>
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
        <source>Exclude</source>
        <translation>Ausschließen</translation>
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
        <translation>Exportiert</translation>
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
        <source>Have the board go back to the model before</source>
        <translation>Das Board zum vorigen Modell zurückkehren lassen</translation>
    </message>
    <message>
        <source>Have this board blink for 5 seconds</source>
        <translation>Dieses Board 5 Sekunden blinken lassen</translation>
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
        <source>Here one button makes a model of the recordings and puts it on the board. The result says how often the model was right on motion that it had not seen. Variants compares smaller forms of the model, Evaluation leaves each person out in turn, and Labels and people chooses what is trained on.</source>
        <translation>Hier macht ein Knopf aus den Aufnahmen ein Modell und bringt es auf das Board. Das Ergebnis sagt, wie oft das Modell bei Bewegungen recht hatte, die es nicht kannte. Varianten vergleicht kleinere Formen des Modells, Auswertung lässt reihum jede Person weg, und Auswahl bestimmt, womit trainiert wird.</translation>
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
        <translation>Wie sie aus der Grundform gemacht wurde; int8, wenn nicht float32 dasteht</translation>
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
        <source>If that is what you did, the motion is usual and the model weak: record more of it. If you did something else, look whether these recordings have the right label.</source>
        <translation>War es das, dann ist die Bewegung gewöhnlich und das Modell schwach: mehr davon aufnehmen. War es etwas anderes, dann nachsehen, ob diese Aufnahmen das richtige Label haben.</translation>
    </message>
    <message>
        <source>If the board has just connected, wait. Else bring it nearer: where samples are missing there is no answer.</source>
        <translation>Hat sich das Board eben erst verbunden, abwarten. Sonst näher herangehen: Wo Messwerte fehlen, gibt es keine Antwort.</translation>
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
        <source>In spite of the checks</source>
        <translation>Trotz der Prüfungen</translation>
    </message>
    <message>
        <source>Include</source>
        <translation>Einschließen</translation>
    </message>
    <message>
        <source>Is it one of these? If so, record it as you do it, and retrain. If not, add a label.</source>
        <translation>Ist es eine davon? Dann so aufnehmen, wie du es machst, und neu trainieren. Wenn nicht, ein Label hinzufügen.</translation>
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
        <source>It is being recorded right now: its labels can be edited here once it ends.</source>
        <translation>Sie wird gerade aufgenommen: Ihre Labels lassen sich hier bearbeiten, sobald sie endet.</translation>
    </message>
    <message>
        <source>It is built on these packages, each with its own licence:</source>
        <translation>Es baut auf diesen Paketen auf, jedes mit eigener Lizenz:</translation>
    </message>
    <message>
        <source>It knows {labels}</source>
        <translation>Es kennt {labels}</translation>
    </message>
    <message>
        <source>Its weights, int8; orange is negative</source>
        <translation>Seine Gewichte, int8; Orange ist negativ</translation>
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
        <source>Labels and people</source>
        <translation>Auswahl</translation>
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
        <source>Live</source>
        <comment>page</comment>
        <translation>Live</translation>
    </message>
    <message>
        <source>Live: {name}</source>
        <translation>Live: {name}</translation>
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
        <translation>Verbinden</translation>
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
        <source>No board was found yet</source>
        <translation>Noch kein Board gefunden</translation>
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
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>No model is on {boards} yet</source>
        <translation>Auf {boards} ist noch kein Modell</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>No recordings yet</source>
        <translation>Noch keine Aufnahmen</translation>
    </message>
    <message>
        <source>No two labels look alike.</source>
        <translation>Keine zwei Labels sehen ähnlich aus.</translation>
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
        <source>No window is long enough to compare the two models on.</source>
        <translation>Kein Fenster ist lang genug, um die zwei Modelle zu vergleichen.</translation>
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
        <source>Nothing was labelled: {error}. Choose another label.</source>
        <translation>Nichts bekam ein Label: {error}. Ein anderes Label wählen.</translation>
    </message>
    <message>
        <source>Nothing was recognised yet. Wait for the first window.</source>
        <translation>Noch wurde nichts erkannt. Das erste Fenster abwarten.</translation>
    </message>
    <message>
        <source>Of the held-out windows</source>
        <translation>Von den zurückgehaltenen Fenstern</translation>
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
        <source>On {board}. It says: {label}</source>
        <translation>Auf {board}. Es sagt: {label}</translation>
    </message>
    <message>
        <source>On {used} of {total}.</source>
        <translation>Mit {used} von {total}.</translation>
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
        <source>Play</source>
        <translation>Abspielen</translation>
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
        <translation>Quantisiert, gestutzt, gruppiert und gemischt, alle aus derselben Grundform mit demselben Training, verglichen nach Größe, Genauigkeit, Speicher und Rechenarbeit.</translation>
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
        <source>ReLU follows: negative becomes zero, so zero means not found.</source>
        <translation>ReLU folgt: Negatives wird null, null heißt also nicht gefunden.</translation>
    </message>
    <message>
        <source>Reading all of it for the first time; it can be labelled in a moment.</source>
        <translation>Zum ersten Mal ganz gelesen; gleich kann sie gelabelt werden.</translation>
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
        <source>Record all</source>
        <translation>Alle aufnehmen</translation>
    </message>
    <message>
        <source>Record at least two activities, half a minute of each, in two sessions if you can. Then press Retrain and flash.</source>
        <translation>Mindestens zwei Aktivitäten aufnehmen, je eine halbe Minute, möglichst in zwei Sitzungen. Dann Training starten drücken.</translation>
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
        <translation>Die Aktivität so aufnehmen, wie du sie machst, und neu trainieren; oder dich sanfter bewegen.</translation>
    </message>
    <message>
        <source>Record two activities, half a minute of each, to begin with.</source>
        <translation>Für den Anfang zwei Aktivitäten aufnehmen, je eine halbe Minute.</translation>
    </message>
    <message>
        <source>Record your own activities, and press Retrain: then the model knows you.</source>
        <translation>Eigene Aktivitäten aufnehmen und neu trainieren: Dann kennt dich das Modell.</translation>
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
        <translation>Bemerkungen</translation>
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
        <source>Samples per second</source>
        <translation>Messwerte je Sekunde</translation>
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
        <source>Saved {time}</source>
        <translation>Gespeichert: {time}</translation>
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
        <source>Select a segment that another one follows, then merge.</source>
        <translation>Einen Abschnitt auswählen, dem ein anderer folgt, dann verbinden.</translation>
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
        <source>Split</source>
        <translation>Teilen</translation>
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
        <source>Switch the boards on, then look for them on the page Connect.</source>
        <translation>Die Boards einschalten, dann auf der Seite Verbinden nach ihnen suchen.</translation>
    </message>
    <message>
        <source>Switch your board on and keep it near. No board at hand? A virtual one runs the same firmware with a synthetic wearer.</source>
        <translation>Das Board einschalten und in der Nähe behalten. Kein Board zur Hand? Ein virtuelles hat dieselbe Firmware und eine künstliche Person.</translation>
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
        <source>That label was not added: {reason}. Type a shorter one.</source>
        <translation>Dieses Label kam nicht dazu: {reason}. Ein kürzeres eingeben.</translation>
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
        <source>The answer when no activity of the model resembles the window.</source>
        <translation>Die Antwort, wenn keine Aktivität des Modells dem Fenster gleicht.</translation>
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
        <source>The chosen stretch has no window for {model}: it lasts {longest_s:.2f} s without a gap, and a window {window_s:.2f} s. Choose a longer one, or put the cursor where no label is.</source>
        <translation>Die gewählte Strecke hat kein Fenster für {model}: Sie dauert {longest_s:.2f} s ohne Lücke und ein Fenster {window_s:.2f} s. Eine längere wählen oder den Cursor dorthin setzen, wo kein Label ist.</translation>
    </message>
    <message>
        <source>The class list has {names} names, too few for {boards} boards. Press Class list and paste more.</source>
        <translation>Die Klassenliste hat {names} Namen, zu wenige für {boards} Boards. Klassenliste drücken und weitere einfügen.</translation>
    </message>
    <message>
        <source>The cursor is in no segment to split.</source>
        <translation>Der Cursor steht in keinem Abschnitt, der zu teilen wäre.</translation>
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
        <source>The firmware is on the board. It has no model of yours: retrain and flash one.</source>
        <translation>Die Firmware ist auf dem Board. Es hat kein eigenes Modell: eines trainieren und übertragen.</translation>
    </message>
    <message>
        <source>The firmware is on {name}, and its model is back.</source>
        <translation>Die Firmware ist auf {name}, und das Modell ist wieder da.</translation>
    </message>
    <message>
        <source>The firmware&apos;s own core on this computer, behind a simulated radio. An emulated board is more: the whole firmware, on an emulated processor.</source>
        <translation>Der Kern der Firmware auf diesem Computer, hinter einem simulierten Funk. Ein emuliertes Board ist mehr: die ganze Firmware, auf einem emulierten Prozessor.</translation>
    </message>
    <message>
        <source>The first window took {latency}.</source>
        <translation>Das erste Fenster dauerte {latency}.</translation>
    </message>
    <message>
        <source>The hash is on the clipboard.</source>
        <translation>Der Hash ist in der Zwischenablage.</translation>
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
        <source>The likeliest reason first</source>
        <translation>Der wahrscheinlichste Grund zuerst</translation>
    </message>
    <message>
        <source>The likeness of the newest window to each activity</source>
        <translation>Die Ähnlichkeit des neuesten Fensters mit jeder Aktivität</translation>
    </message>
    <message>
        <source>The link to {board} was lost while the push was taken back: it may run the new model. Model before goes back to the other one when the link is back.</source>
        <translation>Die Verbindung zu {board} ging verloren, während die Übertragung zurückgenommen wurde: Vielleicht läuft dort das neue Modell. Voriges Modell geht zum anderen zurück, wenn die Verbindung wieder da ist.</translation>
    </message>
    <message>
        <source>The marked stretch or selected segment is</source>
        <translation>Der markierte Bereich oder gewählte Abschnitt ist</translation>
    </message>
    <message>
        <source>The memory that TFLite Micro gets on a board for what it computes. A model whose layers need more does not run. The board&apos;s arena has 24,576 bytes.</source>
        <translation>Der Speicher, den TFLite Micro auf einem Board zum Rechnen bekommt. Ein Modell, dessen Schichten mehr brauchen, läuft nicht. Die Arena des Boards hat 24.576 Byte.</translation>
    </message>
    <message>
        <source>The model for all boards</source>
        <translation>Das Modell für alle Boards</translation>
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
        <source>The motion lies between {first} and {second} ({first_share:.0%} and {second_share:.0%} of the nearest windows of the training)</source>
        <translation>Die Bewegung liegt zwischen {first} und {second} ({first_share:.0%} und {second_share:.0%} der nächsten Fenster des Trainings)</translation>
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
        <source>The package that was pushed</source>
        <translation>Das übertragene Paket</translation>
    </message>
    <message>
        <source>The picture cannot be written to {path} ({cause}). Choose another folder.</source>
        <translation>Das Bild kann nicht nach {path} geschrieben werden ({cause}). Einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>The present window on its way through the layers. For an earlier moment, click the strip of activities.</source>
        <translation>Das jetzige Fenster auf dem Weg durch die Schichten. Für einen früheren Moment in den Streifen der Aktivitäten klicken.</translation>
    </message>
    <message>
        <source>The recording is untouched, but too long to be shown without it.</source>
        <translation>Die Aufnahme ist unberührt, aber zu lang, um ohne ihn gezeigt zu werden.</translation>
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
        <source>The right one was (its number is enough):</source>
        <translation>Richtig war (die Ziffer genügt):</translation>
    </message>
    <message>
        <source>The same compressed, which a board does not unpack</source>
        <translation>Dasselbe gepackt, was ein Board nicht auspackt</translation>
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
        <source>The step in the whole screen, readable from the other end of a room</source>
        <translation>Der Schritt auf dem ganzen Bildschirm, lesbar quer durch den Raum</translation>
    </message>
    <message>
        <source>The studio speaks this language from its next start on.</source>
        <translation>Das Studio spricht diese Sprache ab dem nächsten Start.</translation>
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
        <source>Then measure its variants</source>
        <translation>Danach Varianten messen</translation>
    </message>
    <message>
        <source>There are no recordings in {folder} to train on: record a few activities first, half a minute of each at least, or tick more people.</source>
        <translation>In {folder} gibt es keine Aufnahmen zum Trainieren: zuerst einige Aktivitäten aufnehmen, jede mindestens eine halbe Minute, oder mehr Personen ankreuzen.</translation>
    </message>
    <message>
        <source>There are no recordings yet.</source>
        <translation>Es gibt noch keine Aufnahmen.</translation>
    </message>
    <message>
        <source>There is no link to {board} now. It is being looked for: bring it nearer, and try again when it is back.</source>
        <translation>Es gibt gerade keine Verbindung zu {board}. Es wird gesucht: näher bringen und erneut versuchen, wenn es wieder da ist.</translation>
    </message>
    <message>
        <source>There is no model to look into yet. Connect a board that has one, or press Retrain and flash on the Train page.</source>
        <translation>Es gibt noch kein Modell zum Hineinsehen. Ein Board verbinden, das eines hat, oder auf der Seite Trainieren eines trainieren und übertragen.</translation>
    </message>
    <message>
        <source>There is no motion of {wearer} in the training, only of {people}.</source>
        <translation>Im Training ist keine Bewegung von {wearer}, nur von {people}.</translation>
    </message>
    <message>
        <source>There is no whole window of {seconds:.2f} s without a missing sample yet. Move for ten seconds as you did when it was wrong, and press the button again.</source>
        <translation>Noch gibt es kein ganzes Fenster von {seconds:.2f} s ohne fehlenden Messwert. Zehn Sekunden so bewegen wie vorhin, als es falsch war, und den Knopf erneut drücken.</translation>
    </message>
    <message>
        <source>This computer is still reading the board&apos;s model.</source>
        <translation>Dieser Computer liest noch das Modell des Boards.</translation>
    </message>
    <message>
        <source>This computer ran the same windows: {agreed} of {compared} agree to the last bit.</source>
        <translation>Dieser Computer rechnete dieselben Fenster: {agreed} von {compared} stimmen bis aufs letzte Bit überein.</translation>
    </message>
    <message>
        <source>This computer runs the same windows from now on.</source>
        <translation>Dieser Computer rechnet ab jetzt dieselben Fenster.</translation>
    </message>
    <message>
        <source>This model runs on {board}.</source>
        <translation>Dieses Modell läuft auf {board}.</translation>
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
        <source>Tick none, and the program chooses so that each label is on both sides.</source>
        <translation>Ohne Kreuz wählt das Programm so, dass jedes Label auf beiden Seiten ist.</translation>
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
        <source>Train on all recordings and put the model on the board</source>
        <translation>Mit allen Aufnahmen trainieren und das Modell auf das Board bringen</translation>
    </message>
    <message>
        <source>Train only</source>
        <translation>Nur Modell</translation>
    </message>
    <message>
        <source>Trained on synthetic motion: good for trying the loop only.</source>
        <translation>Mit künstlicher Bewegung trainiert: nur zum Ausprobieren gut.</translation>
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
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo this correction</source>
        <translation>Diese Korrektur rückgängig machen</translation>
    </message>
    <message>
        <source>Upload the firmware to the board on USB?

The upload erases the models on that board. If it is the board in use, its model is read first and pushed again afterwards; the model before is lost. Leave the cable in until it is done.</source>
        <translation>Die Firmware auf das Board am USB-Kabel aufspielen?

Das löscht die Modelle auf diesem Board. Ist es das benutzte Board, wird sein Modell vorher gelesen und danach wieder übertragen; das vorige Modell geht verloren. Das Kabel bis zum Ende stecken lassen.</translation>
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
        <translation>Virtuelle Person von {board}</translation>
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
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>XDF: for the Lab Streaming Layer</source>
        <translation>XDF: für das Lab Streaming Layer</translation>
    </message>
    <message>
        <source>You move more strongly than anybody in the training ({strong:.2f} g, in the training at most {high:.2f} g).</source>
        <translation>Du bewegst dich stärker als alle im Training ({strong:.2f} g, im Training höchstens {high:.2f} g).</translation>
    </message>
    <message>
        <source>You, in the newest window</source>
        <translation>Du, im neuesten Fenster</translation>
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
        <source>a model of elsewhere</source>
        <translation>ein Modell von anderswo</translation>
    </message>
    <message>
        <source>about {seconds:.0f} s left</source>
        <translation>noch etwa {seconds:.0f} s</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
    <message>
        <source>arena</source>
        <translation>Arena</translation>
    </message>
    <message>
        <source>as found</source>
        <translation>wie gefunden</translation>
    </message>
    <message>
        <source>as high as what is in view, or as all of the recording</source>
        <translation>so hoch wie das Sichtbare oder wie die ganze Aufnahme</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>better by {points:.1f} points</source>
        <translation>um {points:.1f} Punkte besser</translation>
    </message>
    <message>
        <source>checks</source>
        <comment>a board checks its new model</comment>
        <translation>prüft</translation>
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
        <source>companded</source>
        <translation>komprimiert</translation>
    </message>
    <message>
        <source>companded, less mean</source>
        <translation>komprimiert, ohne Mittel</translation>
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
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>draw, move, or change an end</source>
        <translation>zeichnen, verschieben oder ein Ende ändern</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>gleich</translation>
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
        <source>for the first window</source>
        <translation>auf das erste Fenster</translation>
    </message>
    <message>
        <source>gap</source>
        <translation>Lücke</translation>
    </message>
    <message>
        <source>going on, or cut off</source>
        <translation>läuft noch oder ist abgeschnitten</translation>
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
        <source>input</source>
        <translation>Eingabe</translation>
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
        <source>its mean: {value}</source>
        <translation>ihr Mittel: {value}</translation>
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
        <source>labelled {label}</source>
        <translation>Label {label}</translation>
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
        <source>no data from {boards}</source>
        <translation>keine Daten von {boards}</translation>
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
        <source>no new model</source>
        <translation>kein neues Modell</translation>
    </message>
    <message>
        <source>no wearer</source>
        <translation>ohne Person</translation>
    </message>
    <message>
        <source>nobody named</source>
        <translation>jemand ohne Namen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
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
        <source>of elsewhere</source>
        <translation>von anderswo</translation>
    </message>
    <message>
        <source>on {board} yet: push one on the page Train</source>
        <translation>auf {board}: eines auf der Seite Trainieren übertragen</translation>
    </message>
    <message>
        <source>package</source>
        <translation>Paket</translation>
    </message>
    <message>
        <source>pause</source>
        <translation>Pause</translation>
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
        <source>raw, less mean, {unit}</source>
        <translation>roh, ohne Mittel, {unit}</translation>
    </message>
    <message>
        <source>raw, {unit}</source>
        <translation>roh, {unit}</translation>
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
        <source>records {label}</source>
        <translation>nimmt {label} auf</translation>
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
        <source>several; left as they are</source>
        <translation>mehrere; bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>signal {strength} dBm</source>
        <translation>Signal {strength} dBm</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>smoothing</source>
        <translation>Glättung</translation>
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
        <source>stride {step}</source>
        <translation>Schritt {step}</translation>
    </message>
    <message>
        <source>the end of each session</source>
        <translation>das Ende jeder Sitzung</translation>
    </message>
    <message>
        <source>the first or the last sample</source>
        <translation>der erste oder letzte Messwert</translation>
    </message>
    <message>
        <source>the label of that number, from now on</source>
        <translation>das Label dieser Ziffer, ab jetzt</translation>
    </message>
    <message>
        <source>the menu, with all that can be done</source>
        <translation>das Menü, mit allem, was geht</translation>
    </message>
    <message>
        <source>the model of {board}</source>
        <translation>das Modell von {board}</translation>
    </message>
    <message>
        <source>the newest window</source>
        <translation>das neueste Fenster</translation>
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
        <source>the right label: keeps the held or the present window</source>
        <translation>das richtige Label: behält das festgehaltene oder jetzige Fenster</translation>
    </message>
    <message>
        <source>the stretch before or after</source>
        <translation>die Strecke davor oder danach</translation>
    </message>
    <message>
        <source>then: {steps}</source>
        <translation>dann: {steps}</translation>
    </message>
    <message>
        <source>this board</source>
        <translation>diesem Board</translation>
    </message>
    <message>
        <source>times {scale:.3g}, plus {bias:.3g}</source>
        <translation>mal {scale:.3g}, plus {bias:.3g}</translation>
    </message>
    <message>
        <source>too short, {seconds:.0f} s of {people}</source>
        <translation>zu kurz, {seconds:.0f} s von {people}</translation>
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
        <source>worse by {points:.1f} points</source>
        <translation>um {points:.1f} Punkte schlechter</translation>
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
        <source>zoom around the pointer, move along</source>
        <translation>um den Mauszeiger zoomen, weiterbewegen</translation>
    </message>
    <message>
        <source>zoom in, zoom out, see all of it</source>
        <translation>hineinzoomen, herauszoomen, alles sehen</translation>
    </message>
    <message>
        <source>{axis} comp.</source>
        <translation>{axis} kompr.</translation>
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
        <source>{boards} recording</source>
        <translation>Aufnahme: {boards}</translation>
    </message>
    <message>
        <source>{board} had no model before and has switched already: it keeps the new one.</source>
        <translation>{board} hatte vorher kein Modell und hat schon gewechselt: Das neue bleibt.</translation>
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
        <source>{board}: kept as {label}. The window waits for the next training.</source>
        <translation>{board}: als {label} behalten. Das Fenster wartet auf das nächste Training.</translation>
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
        <source>{channels} channels x {points} points at {rate:g} Hz: {seconds:.2f} s.</source>
        <translation>{channels} Kanäle x {points} Punkte mit {rate:g} Hz: {seconds:.2f} s.</translation>
    </message>
    <message>
        <source>{connected} of {boards} connected</source>
        <translation>{connected} von {boards} verbunden</translation>
    </message>
    <message>
        <source>{count:,} multiply-accumulates</source>
        <translation>{count:,} Rechenschritte</translation>
    </message>
    <message>
        <source>{count:,} weights</source>
        <translation>{count:,} Gewichte</translation>
    </message>
    <message>
        <source>{count} boards run the new model.</source>
        <translation>Auf {count} Boards läuft das neue Modell.</translation>
    </message>
    <message>
        <source>{count} recordings were moved into the bin.</source>
        <translation>{count} Aufnahmen liegen jetzt im Papierkorb.</translation>
    </message>
    <message>
        <source>{count} were there already.</source>
        <translation>{count} gab es schon.</translation>
    </message>
    <message>
        <source>{covered:,} of {gaps:,} gaps</source>
        <translation>{covered:,} von {gaps:,} Lücken</translation>
    </message>
    <message>
        <source>{curves}; shaded: what this value saw, {begin:.2f} to {end:.2f} s</source>
        <translation>{curves}; schattiert: was dieser Wert sah, {begin:.2f} bis {end:.2f} s</translation>
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
        <source>{file} cannot be read as a plan ({reason}). Choose a text file with one step a line, such as &apos;walking 60&apos;.</source>
        <translation>{file} ist nicht als Plan lesbar ({reason}). Eine Textdatei mit einem Schritt je Zeile wählen, etwa &apos;walking 60&apos;.</translation>
    </message>
    <message>
        <source>{file} cannot be written ({reason}). Choose another folder.</source>
        <translation>{file} kann nicht geschrieben werden ({reason}). Einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>{file} is missing or its lines are no samples.</source>
        <translation>{file} fehlt, oder die Zeilen sind keine Messwerte.</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} bis {last}</translation>
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
        <source>{good} of {all} recordings are as they should be.</source>
        <translation>{good} von {all} Aufnahmen sind, wie sie sein sollen.</translation>
    </message>
    <message>
        <source>{job} {share:.0%}</source>
        <translation>{job} {share:.0%}</translation>
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
        <source>{label}  {time} today</source>
        <translation>{label}  {time} heute</translation>
    </message>
    <message>
        <source>{label} becomes, in all recordings:</source>
        <translation>{label} heißt in allen Aufnahmen künftig:</translation>
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
        <source>{left} of {total}</source>
        <translation>{left} von {total}</translation>
    </message>
    <message>
        <source>{length}; {low:.2f} to {high:.2f} g</source>
        <translation>{length}; {low:.2f} bis {high:.2f} g</translation>
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
        <source>{name} at {seconds:.2f} s: {value}</source>
        <translation>{name} bei {seconds:.2f} s: {value}</translation>
    </message>
    <message>
        <source>{name} blinks for {seconds} seconds.</source>
        <translation>{name} blinkt {seconds} Sekunden lang.</translation>
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
        <source>{number}%</source>
        <translation>{number}&#xa0;%</translation>
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
        <source>{path} is not there: choose the video again.</source>
        <translation>{path} ist nicht da: das Video neu wählen.</translation>
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
        <source>{person} ({seconds:.0f} s)</source>
        <translation>{person} ({seconds:.0f} s)</translation>
    </message>
    <message>
        <source>{pupil} wears {board}, as the page Room has it, and is written down.</source>
        <translation>{pupil} trägt {board}, wie die Seite Klasse sagt, und wird notiert.</translation>
    </message>
    <message>
        <source>{rate:.0f} of {wanted:.0f} Hz   lost {lost}   duplicated {duplicated}   saturated {saturated}</source>
        <translation>{rate:.0f} von {wanted:.0f} Hz   verloren {lost}   doppelt {duplicated}   übersteuert {saturated}</translation>
    </message>
    <message>
        <source>{rate:g} Hz</source>
        <translation>{rate:g} Hz</translation>
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
        <source>{seconds:.3f} s ({hertz:.2f} Hz)</source>
        <translation>{seconds:.3f} s ({hertz:.2f} Hz)</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
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
        <translation>{share:.0%} der Antworten waren unbekannt: Deine Bewegung gleicht nichts, was das Modell gelernt hat ({labels}).</translation>
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
        <source>{silence}. What was recorded is safe; it goes on by itself.</source>
        <translation>{silence}. Das Aufgenommene ist sicher; es geht von selbst weiter.</translation>
    </message>
    <message>
        <source>{some} and {last}</source>
        <translation>{some} und {last}</translation>
    </message>
    <message>
        <source>{state}, in use</source>
        <translation>{state}, in Gebrauch</translation>
    </message>
    <message>
        <source>{time} recorded, lost {lost}.</source>
        <translation>{time} aufgenommen, {lost} verloren.</translation>
    </message>
    <message>
        <source>{version}, Python {python} on {system}. Licence: Apache-2.0.</source>
        <translation>{version}, Python {python} auf {system}. Lizenz: Apache-2.0.</translation>
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
