<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
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
        <source>Accuracy {figure}</source>
        <translation>Genauigkeit {figure}</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All labels: unlabelled motion goes along.</source>
        <translation>Alle Labels: auch Bewegung ohne Label kommt mit.</translation>
    </message>
    <message>
        <source>Another label</source>
        <translation>Weiteres Label</translation>
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
        <source>Beep</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Beside a split at random</source>
        <translation>Daneben zufällig aufgeteilt</translation>
    </message>
    <message>
        <source>Big</source>
        <translation>Groß</translation>
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
        <source>Compare the last ten seconds with what the model learned from</source>
        <translation>Die letzten zehn Sekunden mit dem vergleichen, woraus das Modell gelernt hat</translation>
    </message>
    <message>
        <source>Comparing the last seconds with the training</source>
        <translation>Die letzten Sekunden werden mit dem Training verglichen</translation>
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
        <source>Done: the board was left as it is.</source>
        <translation>Fertig: Das Board blieb, wie es ist.</translation>
    </message>
    <message>
        <source>ELAN: the labels alone</source>
        <translation>ELAN: nur die Labels</translation>
    </message>
    <message>
        <source>Each person, or else each session, is left out in turn: a model is trained on the others and tested on who was left out. The result is a report to hand in. It takes one quick training per person.</source>
        <translation>Jede Person, sonst jede Sitzung, wird einmal ausgelassen: Ein Modell wird mit den anderen trainiert und an der ausgelassenen getestet. Das Ergebnis ist ein Bericht zum Abgeben. Es dauert ein schnelles Training je Person.</translation>
    </message>
    <message>
        <source>Edge Impulse: an archive for its uploader</source>
        <translation>Edge Impulse: ein Archiv zum Hochladen</translation>
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
        <source>Evaluation</source>
        <translation>Auswertung</translation>
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
        <source>Find short events with rest between them, such as gestures</source>
        <translation>Kurze Ereignisse mit Ruhe dazwischen finden, etwa Gesten</translation>
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
        <source>Going on with {name}, which was cut off {seconds} s ago. Stop ends it.</source>
        <translation>{name} geht weiter; sie brach vor {seconds} s ab. Beenden schließt sie ab.</translation>
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
        <translation>Hier macht ein Knopf aus den Aufnahmen ein Modell und bringt es auf das Board. Das Ergebnis sagt, wie oft das Modell bei Bewegungen recht hatte, die es nicht kannte. Varianten vergleicht kleinere Formen des Modells, Auswertung lässt reihum jede Person weg, und Labels und Personen wählt, womit trainiert wird.</translation>
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
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Labels and people</source>
        <translation>Labels und Personen</translation>
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
        <source>Leave out what cannot be read</source>
        <translation>Unlesbares weglassen</translation>
    </message>
    <message>
        <source>Left out, and its accuracy</source>
        <translation>Ausgelassen, und die Genauigkeit dabei</translation>
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
        <source>Make the model, push nothing</source>
        <translation>Das Modell machen, nichts übertragen</translation>
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
        <source>Not better: the new model gets {new:.1%} of {windows} held-out windows right, the one on the board {old:.1%}. Keep the old one?</source>
        <translation>Nicht besser: Das neue Modell erkennt {new:.1%} von {windows} zurückgehaltenen Fenstern richtig, das auf dem Board {old:.1%}. Das alte behalten?</translation>
    </message>
    <message>
        <source>Not ticked: {labels}.</source>
        <translation>Nicht angehakt: {labels}.</translation>
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
        <source>Nothing was recognised yet. Wait for the first window.</source>
        <translation>Noch wurde nichts erkannt. Das erste Fenster abwarten.</translation>
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
        <source>One step per line: a label and seconds; - is a pause. A line repeat 3 does all before it three times.</source>
        <translation>Ein Schritt je Zeile: ein Label und Sekunden; - ist eine Pause. Eine Zeile repeat 3 macht alles davor dreimal.</translation>
    </message>
    <message>
        <source>One zip of the recordings as they are</source>
        <translation>Ein Zip der Aufnahmen, wie sie sind</translation>
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
        <source>Parquet: tables for data science</source>
        <translation>Parquet: Tabellen für Datenanalyse</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Plans (*.txt)</source>
        <translation>Pläne (*.txt)</translation>
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
        <source>Push to all</source>
        <translation>An alle übertragen</translation>
    </message>
    <message>
        <source>Put this model on all boards</source>
        <translation>Dieses Modell auf alle Boards bringen</translation>
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
        <source>Record more of {label}: there is {times:.0f} times as much {other}.</source>
        <translation>Mehr {label} aufnehmen: Von {other} gibt es {times:.0f}-mal so viel.</translation>
    </message>
    <message>
        <source>Record some motion first; then it can be labelled here.</source>
        <translation>Zuerst Bewegung aufnehmen; dann kann sie hier gelabelt werden.</translation>
    </message>
    <message>
        <source>Record two activities, half a minute of each, to begin with.</source>
        <translation>Für den Anfang zwei Aktivitäten aufnehmen, je eine halbe Minute.</translation>
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
        <source>Recording</source>
        <translation>Aufnahme</translation>
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
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>Plan speichern</translation>
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
        <source>Shift+drag marks a stretch, a drag on the lane draws</source>
        <translation>Umschalt+Ziehen markiert einen Bereich, Ziehen auf der Spur zeichnet</translation>
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
        <source>The answer when no activity of the model resembles the window.</source>
        <translation>Die Antwort, wenn keine Aktivität des Modells dem Fenster gleicht.</translation>
    </message>
    <message>
        <source>The class list has {names} names, too few for {boards} boards. Press Class list and paste more.</source>
        <translation>Die Klassenliste hat {names} Namen, zu wenige für {boards} Boards. Klassenliste drücken und weitere einfügen.</translation>
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
        <source>The firmware&apos;s own core on this computer, behind a simulated radio. An emulated board is more: the whole firmware, on an emulated processor.</source>
        <translation>Der Kern der Firmware auf diesem Computer, hinter einem simulierten Funk. Ein emuliertes Board ist mehr: die ganze Firmware, auf einem emulierten Prozessor.</translation>
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
        <source>The names for Next pupils</source>
        <translation>Die Namen für Nächste Namen</translation>
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
        <source>The others</source>
        <translation>Die anderen</translation>
    </message>
    <message>
        <source>The present window on its way through the layers. For an earlier moment, click the strip of activities.</source>
        <translation>Das jetzige Fenster auf dem Weg durch die Schichten. Für einen früheren Moment in den Streifen der Aktivitäten klicken.</translation>
    </message>
    <message>
        <source>The right one was (its number is enough):</source>
        <translation>Richtig war (die Ziffer genügt):</translation>
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
        <source>Tick none, and the program chooses so that each label is on both sides.</source>
        <translation>Ohne Kreuz wählt das Programm so, dass jedes Label auf beiden Seiten ist.</translation>
    </message>
    <message>
        <source>Tick the labels and people of the next training</source>
        <translation>Die Labels und Personen des nächsten Trainings anhaken</translation>
    </message>
    <message>
        <source>Too short, left out: {labels}.</source>
        <translation>Zu kurz, weggelassen: {labels}.</translation>
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
        <source>Training</source>
        <translation>Training</translation>
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
        <source>Variants</source>
        <translation>Varianten</translation>
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
        <source>Wearer</source>
        <translation>Person</translation>
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
        <source>When a step of the plan begins, and when data stop</source>
        <translation>Wenn ein Schritt des Plans beginnt und wenn keine Daten mehr kommen</translation>
    </message>
    <message>
        <source>Where, such as left wrist</source>
        <translation>Wo, etwa am linken Arm</translation>
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
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>XDF: for the Lab Streaming Layer</source>
        <translation>XDF: für das Lab Streaming Layer</translation>
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
        <source>automatic</source>
        <translation>automatisch</translation>
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
        <source>event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>everyone</source>
        <translation>alle</translation>
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
        <source>for the first window</source>
        <translation>auf das erste Fenster</translation>
    </message>
    <message>
        <source>gap</source>
        <translation>Lücke</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>zurückgehalten</translation>
    </message>
    <message>
        <source>int8</source>
        <translation>int8</translation>
    </message>
    <message>
        <source>kMAC</source>
        <translation>kMAC</translation>
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
        <source>no wearer</source>
        <translation>ohne Person</translation>
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
        <source>see the package</source>
        <translation>siehe Paket</translation>
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
        <source>start the trainer</source>
        <translation>Trainer starten</translation>
    </message>
    <message>
        <source>the end of each session</source>
        <translation>das Ende jeder Sitzung</translation>
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
        <source>then: {steps}</source>
        <translation>dann: {steps}</translation>
    </message>
    <message>
        <source>this board</source>
        <translation>diesem Board</translation>
    </message>
    <message>
        <source>too short, {seconds:.0f} s of {people}</source>
        <translation>zu kurz, {seconds:.0f} s von {people}</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
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
        <source>window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>{boards} recording</source>
        <translation>Aufnahme: {boards}</translation>
    </message>
    <message>
        <source>{board}: kept as {label}. The window waits for the next training.</source>
        <translation>{board}: als {label} behalten. Das Fenster wartet auf das nächste Training.</translation>
    </message>
    <message>
        <source>{connected} of {boards} connected</source>
        <translation>{connected} von {boards} verbunden</translation>
    </message>
    <message>
        <source>{count} were there already.</source>
        <translation>{count} gab es schon.</translation>
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
        <source>{file} cannot be read as a plan ({reason}). Choose a text file with one step a line, such as &apos;walking 60&apos;.</source>
        <translation>{file} ist nicht als Plan lesbar ({reason}). Eine Textdatei mit einem Schritt je Zeile wählen, etwa &apos;walking 60&apos;.</translation>
    </message>
    <message>
        <source>{file} cannot be written ({reason}). Choose another folder.</source>
        <translation>{file} kann nicht geschrieben werden ({reason}). Einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} bis {last}</translation>
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
        <source>{label} {seconds:.1f} s</source>
        <translation>{label} {seconds:.1f} s</translation>
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
        <source>{name}: {seconds:.1f} s, {rate:.5g} Hz, {labels}, {wearer}, {lost} lost, {clipped} clipped</source>
        <translation>{name}: {seconds:.1f} s, {rate:.5g} Hz, {labels}, {wearer}, {lost} verloren, {clipped} übersteuert</translation>
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
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
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
        <source>{share:.0%} of {label} looks more like {other}.</source>
        <translation>{share:.0%} von {label} gleichen eher {other}.</translation>
    </message>
    <message>
        <source>{share:.1%}</source>
        <translation>{share:.1%}</translation>
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
