using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>
/// Nodes into a scenario, every name and number in it checked: sources and sensors are made once to see whether they can be, and what
/// the scenario says of them is compared with what they are.
/// </summary>
internal sealed partial class ScenarioReader(ScenarioNode root, string folder)
{
    private const long MostMicros = 366L * 86_400_000_000;
    private const int MostSensors = 8, MostSources = 32, MostEvents = 1000, MostExpectations = 200;
    private const int MostPin = 1023;
    private const double LeastRate = 5e-4; // microseconds between samples are an int

    private readonly ScenarioMap _map = new(root);
    private readonly List<(ScenarioSource Declared, ISource Made, ScenarioNode Node)> _sources = [];
    private readonly List<(ScenarioSensor Declared, SimulatedPart Part, ScenarioNode Node)> _sensors = [];
    private readonly List<ScenarioSignal> _signals = [];
    private ScenarioPins _pins = new(null, null, null, null);
    private long _duration;
    private long _save;

    public Scenario Read()
    {
        string title = _map.Word("title", "one line that says what happens");
        string? model = ReadModel();
        _duration = _map.MicrosNeeded("duration", "how long it takes, as 180 s", 1000, MostMicros);
        ulong seed = (ulong)_map.Number("seed", 1, 0, 1e15);
        double? rate = _map.Find("rate") == null ? null : _map.Number("rate", null, LeastRate, 100_000);
        string[] channels = [.. Items("channels").Select(item => ScenarioMap.WordOf(item, "the name of a channel"))];
        int samplesPerTurn = _map.Whole("samplesPerTurn", 1, 1, 1024);
        _save = _map.Micros("save", 0, MostMicros) ?? 0;
        ReadPins();
        ReadSources();
        ReadSensors();
        ReadSignals();
        ScenarioEvent[] events = [.. Items("events", MostEvents).Select(ReadEvent).OrderBy(next => next.AtMicros)];
        List<Expectation> expectations = ReadExpectations();
        bool counts = _map.Flag("counts", false), checksUnits = _map.Flag("checkUnits", true);
        _map.RefuseOthers();
        return new Scenario
        {
            Title = title,
            FileName = root.File,
            Folder = folder,
            ModelPath = model,
            DurationMicros = _duration,
            Seed = seed,
            RateHz = rate,
            Channels = channels,
            ChecksUnits = checksUnits,
            UsesCounts = counts,
            SamplesPerTurn = samplesPerTurn,
            SaveMicros = _save,
            Pins = _pins,
            Sensors = [.. _sensors.Select(sensor => sensor.Declared)],
            Sources = [.. _sources.Select(source => source.Declared)],
            Signals = _signals,
            Events = events,
            Expectations = expectations,
            Root = root,
        };
    }

    private string? ReadModel()
    {
        if (_map.Find("model") is not { } node) return null;
        const string what = "the path of an .ernn file";
        try
        {
            return Path.GetFullPath(ScenarioMap.WordOf(node, what), folder);
        }
        catch (Exception wrong) when (wrong is ArgumentException or IOException or NotSupportedException)
        {
            throw node.Expected(what);
        }
    }

    private List<ScenarioNode> Items(string key, int most = 1024)
    {
        if (_map.Find(key) is not { } node) return [];
        if (node.Kind != NodeKind.List) throw node.Expected("a list");
        if (node.Items.Count > most) throw node.Wrong($"expected at most {most} entries, found {node.Items.Count}");
        return node.Items;
    }

    private void ReadPins()
    {
        if (_map.Find("board") is not { } node) return;
        ScenarioMap board = new(node);
        _pins = new ScenarioPins(Pin(board, "alarm"), Pin(board, "led"), Pin(board, "buzzer"), Pin(board, "button"));
        board.RefuseOthers();
        foreach (IGrouping<int, (string Name, PinUse Use)> twice in _pins.All.GroupBy(pin => pin.Use.Number)
            .Where(group => group.Count() > 1))
            throw node.At(twice.Last().Name).Wrong($"expected a pin of its own, found {twice.Key}, which {twice.First().Name} has");
    }

    private static PinUse? Pin(ScenarioMap board, string name)
    {
        if (board.Find(name) is not { } node) return null;
        if (node.Kind == NodeKind.Scalar) return new PinUse(ScenarioMap.WholeOf(node, 0, MostPin), false);
        ScenarioMap map = new(node);
        PinUse use = new(map.Whole("pin", null, 0, MostPin), map.Flag("activeLow", false));
        map.RefuseOthers();
        return use;
    }

    private void ReadSources()
    {
        if (_map.Find("sources") is not { } node) return;
        if (node.Kind != NodeKind.Map) throw node.Expected("a map of names and sources");
        if (node.Entries.Count > MostSources) throw node.Wrong($"expected at most {MostSources} sources, found {node.Entries.Count}");
        foreach ((string name, ScenarioNode source) in node.Entries)
        {
            if (!IsName(name)) throw source.Wrong("expected a name of letters, digits, - and _; rename it");
            (string kind, Dictionary<string, string> options) = ReadOptions(source);
            ScenarioSource declared = new(name, kind, options);
            try
            {
                _sources.Add((declared, SourceFactory.Create(kind, options, World.SeedOf(name, 1), folder), source));
            }
            catch (SourceException wrong)
            {
                throw wrong.Option == "kind" ? KindWrong(source, SourceFactory.Kinds, wrong.Message)
                    : source.WrongAt(wrong.Option, wrong.Message);
            }
        }
    }

    private void ReadSensors()
    {
        bool isGroup = _map.Node.Entries.Any(entry => entry.Key == "sensors");
        if (isGroup && _map.Find("sensor") is { } both) throw both.Wrong("expected sensor or sensors, found both; remove one");
        List<ScenarioNode> nodes = isGroup ? Items("sensors", MostSensors) : [_map.Need("sensor", "what measures, as { kind: mpu6050 }")];
        if (nodes.Count == 0) throw _map.Find("sensors")!.Expected("at least one sensor");
        SimulatedBoard board = new();
        foreach (ScenarioNode node in nodes)
        {
            (string kind, Dictionary<string, string> options) = ReadOptions(node);
            ScenarioSensor declared = new(kind, options);
            try
            {
                SimulatedPart part = SimulatedParts.Attach(board, declared.ToOptions());
                ISensor made = SensorFactory.Create(board, declared.ToOptions());
                if (nodes.Count > 1 && made.SamplePeriodMicros > 0)
                    throw node.Wrong($"expected sensors that measure when they are read, found the {made.Name}, which " +
                        "keeps samples; add fifo: false");
                _sensors.Add((declared, part, node));
            }
            catch (SensorOptionException wrong)
            {
                throw wrong.Option == "kind" && !SensorFactory.Kinds.Contains(kind) ? KindWrong(node, SensorFactory.Kinds, wrong.Message)
                    : node.WrongAt(wrong.Option, wrong.Message);
            }
            CheckPins(declared, node);
        }
    }

    // A pin drives one thing.
    private void CheckPins(ScenarioSensor sensor, ScenarioNode node)
    {
        foreach (string option in new[] { "pin", "trigger", "echo" })
        {
            if (!sensor.Options.TryGetValue(option, out string? text)) continue;
            foreach ((string name, PinUse use) in _pins.All.Where(pin => pin.Use.Number.ToString(CultureInfo.InvariantCulture) == text))
                throw node.At(option).Wrong($"expected a pin of its own, found {use.Number}, which board.{name} has");
        }
    }

    private static (string Kind, Dictionary<string, string> Options) ReadOptions(ScenarioNode node)
    {
        ScenarioMap map = new(node);
        string kind = map.Word("kind", "which one");
        Dictionary<string, string> options = [];
        foreach ((string key, ScenarioNode value) in node.Entries.Where(entry => entry.Key != "kind"))
        {
            options[key] = value.Kind == NodeKind.List ? string.Join(',', value.Items.Select(item => ScenarioMap.WordOf(item, "a word")))
                : ScenarioMap.WordOf(value, "a value");
        }
        return (kind, options);
    }

    private static ScenarioException KindWrong(ScenarioNode node, IEnumerable<string> kinds, string message) =>
        kinds.Contains(node.At("kind").Text) ? node.At("kind").Wrong(message) : node.At("kind").ExpectedOneOf(kinds);

    private static bool IsName(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
        && text.Length > 0;
}
