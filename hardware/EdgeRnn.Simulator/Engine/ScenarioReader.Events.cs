using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EdgeRnn.Simulator;

// What happens over time.
internal sealed partial class ScenarioReader
{
    private const int LongestSentence = 200;

    private static readonly (string Name, ScenarioAction Action)[] _faults =
    [
        ("no-answer", ScenarioAction.NoAnswer), ("short-read", ScenarioAction.ShortRead), ("unplugged", ScenarioAction.Unplugged),
        ("stuck-register", ScenarioAction.StuckRegister), ("spike", ScenarioAction.Spike), ("drift", ScenarioAction.Drift),
        ("stuck", ScenarioAction.Stuck), ("dropout", ScenarioAction.Dropout), ("late-ticks", ScenarioAction.LateTicks),
        ("power-loss", ScenarioAction.PowerLoss),
    ];

    private ScenarioEvent ReadEvent(ScenarioNode node)
    {
        ScenarioMap map = new(node);
        long at = map.MicrosNeeded("at", "when it happens, as 60 s", 0, MostMicros);
        if (at > _duration) throw node.At("at").Expected($"a time within the duration of {ScenarioMap.Seconds(_duration)}");
        ScenarioNode?[] kinds = [map.Find("set"), map.Find("fault"), map.Find("press")];
        int found = kinds.Count(kind => kind != null);
        if (found != 1) throw node.Wrong($"expected one of set, fault and press, found {found} of them");
        ScenarioEvent read = kinds[0] != null ? ReadChange(map, kinds[0]!, at) : kinds[1] != null ? ReadFault(map, kinds[1]!, at)
            : ReadPress(map, kinds[2]!, at);
        map.RefuseOthers();
        return read;
    }

    private ScenarioEvent ReadChange(ScenarioMap map, ScenarioNode node, long at)
    {
        string[] words = ScenarioMap.WordOf(node, "SOURCE.SETTING").Split('.', 2);
        int source = _sources.FindIndex(candidate => candidate.Declared.Name == words[0]);
        if (source < 0) throw Unknown(node, "source", words[0], _sources.Select(candidate => candidate.Declared.Name));
        IReadOnlyList<SourceSetting> settings = _sources[source].Made.Settings;
        int setting = words.Length < 2 ? -1 : settings.ToList().FindIndex(candidate => candidate.Name == words[1]);
        if (setting < 0) throw Unknown(node, $"setting of {words[0]}", words.Length < 2 ? "" : words[1],
            settings.Select(candidate => candidate.Name));
        double to = map.Number("to", null, settings[setting].Least, settings[setting].Most);
        long over = map.Micros("over", 0, MostMicros) ?? 0;
        return new ScenarioEvent
        {
            AtMicros = at,
            Action = ScenarioAction.Set,
            Text = string.Create(CultureInfo.InvariantCulture, $"{node.Text} to {to}") +
                (over > 0 ? $" over {ScenarioMap.Seconds(over)}" : ""),
            Target = source,
            Index = setting,
            Value = to,
            OverMicros = over,
        };
    }

    private ScenarioEvent ReadFault(ScenarioMap map, ScenarioNode node, long at)
    {
        ScenarioAction? action = node.Kind != NodeKind.Scalar ? null
            : _faults.Where(fault => fault.Name == node.Text).Select(fault => (ScenarioAction?)fault.Action).FirstOrDefault();
        if (action is not { } found) throw node.ExpectedOneOf(_faults.Select(fault => fault.Name));
        return found switch
        {
            ScenarioAction.Spike or ScenarioAction.Drift or ScenarioAction.Stuck or ScenarioAction.Dropout =>
                ReadSignalFault(map, node, found, at),
            ScenarioAction.LateTicks => new ScenarioEvent
            {
                AtMicros = at,
                Action = found,
                Count = map.Whole("ticks", null, 1, 100_000),
                Text = $"{map.Whole("ticks", null, 1, 100_000)} ticks late",
            },
            ScenarioAction.PowerLoss => ReadPowerLoss(map, at),
            _ => ReadBusFault(map, node, found, at),
        };
    }

    private ScenarioEvent ReadBusFault(ScenarioMap map, ScenarioNode node, ScenarioAction action, long at)
    {
        int sensor = map.Whole("sensor", 1, 1, _sensors.Count) - 1;
        SimulatedPart part = _sensors[sensor].Part;
        if (part.Faults == null && action != ScenarioAction.Unplugged)
            throw node.Wrong($"expected a sensor on a bus, found the {part.Kind}, which hangs on pins; take unplugged, stuck or dropout");
        bool canCount = action is ScenarioAction.NoAnswer or ScenarioAction.ShortRead;
        int count = canCount ? map.Whole("transfers", 0, 1, 1_000_000) : 0;
        long lasts = map.Micros("for", 1, MostMicros) ?? 0;
        if (count > 0 && lasts > 0) throw node.Wrong("expected for or transfers, found both; remove one");
        bool isRegister = action == ScenarioAction.StuckRegister;
        int register = isRegister ? map.Whole("register", null, 0, 255) : 0, value = isRegister ? map.Whole("value", null, 0, 255) : 0;
        string text = isRegister ? string.Create(CultureInfo.InvariantCulture, $"register 0x{register:x2} stuck at 0x{value:x2}")
            : action switch
            {
                ScenarioAction.NoAnswer => "sensor does not answer",
                ScenarioAction.ShortRead => "reads come short",
                _ =>
                "sensor unplugged"
            };
        if (_sensors.Count > 1) text = $"{FaultMenu.NameOf([.. _sensors.Select(each => each.Part)], sensor)}: {text}";
        return new ScenarioEvent
        {
            AtMicros = at,
            Action = action,
            Text = text + (count > 0 ? $" to {count} transfers" : For(lasts)),
            ForMicros = lasts,
            Target = sensor,
            Index = register,
            Value = value,
            Count = count,
        };
    }

    private ScenarioEvent ReadSignalFault(ScenarioMap map, ScenarioNode node, ScenarioAction action, long at)
    {
        ScenarioNode channel = map.Need("channel", "which input of the sensor");
        (int sensor, int input) = FindInput(ScenarioMap.WordOf(channel, "the name of an input"), channel);
        if (!_fed.Contains((sensor, input)))
            throw channel.Wrong("expected an input that a source reaches, found one without; add it to signals");
        bool isOff = action is ScenarioAction.Spike or ScenarioAction.Drift;
        double by = isOff ? map.Number("by", null, -1e12, 1e12) : 0;
        if (isOff && by == 0) throw node.Wrong("by: expected another number than 0");
        long lasts = map.Micros("for", 1, MostMicros) ?? 0;
        long over = action == ScenarioAction.Drift ? map.MicrosNeeded("over", "how long it takes to get there", 0, MostMicros) : 0;
        string what = string.Create(CultureInfo.InvariantCulture, $"{channel.Text}: ") + action switch
        {
            ScenarioAction.Spike => string.Create(CultureInfo.InvariantCulture, $"spike by {by}"),
            ScenarioAction.Drift => string.Create(CultureInfo.InvariantCulture, $"drift by {by} over {ScenarioMap.Seconds(over)}"),
            ScenarioAction.Stuck => "stuck",
            _ => "dropout",
        };
        return new ScenarioEvent
        {
            AtMicros = at,
            Action = action,
            Text = what + For(lasts),
            ForMicros = lasts,
            Target = sensor,
            Index = input,
            Value = by,
            OverMicros = over,
        };
    }

    private ScenarioEvent ReadPowerLoss(ScenarioMap map, long at)
    {
        long lasts = map.MicrosNeeded("for", "how long there is no power", 1000, MostMicros);
        bool isDuringSave = false;
        if (map.Find("during") is { } during)
        {
            if (during.Kind != NodeKind.Scalar || during.Text != "save")
                throw during.Expected("save: the power fails in the middle of the next one");
            if (_save == 0) throw during.Wrong("expected a save of the state, found none; add save: 30 s to the scenario");
            isDuringSave = true;
        }
        return new ScenarioEvent
        {
            AtMicros = at,
            Action = ScenarioAction.PowerLoss,
            Text = $"no power{(isDuringSave ? ", in the middle of the next save," : "")}{For(lasts)}",
            ForMicros = lasts,
            IsDuringSave = isDuringSave,
        };
    }

    private ScenarioEvent ReadPress(ScenarioMap map, ScenarioNode node, long at)
    {
        if (node.Kind != NodeKind.Scalar || node.Text != "button") throw node.Expected("button");
        if (_pins.Button == null) throw node.Wrong("expected a button under board, found none; add it");
        long lasts = map.Micros("for", 1, MostMicros) ?? 200_000;
        return new ScenarioEvent { AtMicros = at, Action = ScenarioAction.Press, Text = $"button pressed{For(lasts)}", ForMicros = lasts };
    }

    private static string For(long micros) => micros == 0 ? "" : $" for {ScenarioMap.Seconds(micros)}";

    // A line may hold several sentences; each of them is judged at every step.
    private List<Expectation> ReadExpectations()
    {
        List<Expectation> read = [];
        foreach (ScenarioNode node in Items("expect", MostExpectations))
        {
            string line = ScenarioMap.WordOf(node, "a sentence, as: no alarm before t=60");
            foreach (string sentence in line.Split(';', MostExpectations + 1))
            {
                if (read.Count == MostExpectations) throw node.Wrong($"expected at most {MostExpectations} sentences, found more");
                read.Add(ReadExpectation(node, sentence.Trim()));
            }
        }
        return read;
    }

    private Expectation ReadExpectation(ScenarioNode node, string sentence)
    {
        if (sentence.Length > LongestSentence)
            throw node.Wrong($"expected a sentence of at most {LongestSentence} letters, found {sentence.Length}; shorten it");
        try
        {
            return ExpectationParser.Parse(sentence, _pins, _duration);
        }
        catch (FormatException wrong)
        {
            throw node.Wrong(wrong.Message);
        }
    }
}
