using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace EdgeRnn.Simulator;

// What the sensors measure: as the scenario says, else by the names of outputs and inputs.
internal sealed partial class ScenarioReader
{
    private const string SignalForm = "SOURCE.OUTPUT, and behind it * K and + C where the scale is another";

    private const int LongestSignal = 200;

    // Backtracking would take a file from anywhere minutes over a line of blanks.
    private static readonly Regex _signalPattern = new(
        @"^\s*(?<source>[A-Za-z0-9_-]+)\.(?<output>[A-Za-z0-9_.#-]+)\s*(\*\s*(?<scale>[-+]?[0-9.eE+-]*[0-9.]))?\s*" +
        @"(?<offset>[-+]\s*[0-9.eE+-]*[0-9.])?\s*$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private readonly HashSet<(int Sensor, int Input)> _fed = [];

    private void ReadSignals()
    {
        if (_map.Find("signals") is { } node)
        {
            if (node.Kind != NodeKind.Map) throw node.Expected("a map of inputs and what they measure");
            foreach ((string input, ScenarioNode signal) in node.Entries) ReadSignal(input, signal);
        }
        for (int sensor = 0; sensor < _sensors.Count; sensor++)
        {
            for (int input = 0; input < _sensors[sensor].Part.Inputs.Count; input++)
            {
                if (!_fed.Contains((sensor, input))) FeedByName(sensor, input);
            }
        }
        for (int source = 0; source < _sources.Count; source++)
        {
            if (_signals.Any(signal => signal.Source == source)) continue;
            throw _sources[source].Node.Wrong($"expected one of its outputs to reach a sensor, which measures " +
                $"{Names(_sensors.SelectMany(sensor => sensor.Part.Inputs))}, found {Names(_sources[source].Made.Outputs)}; " +
                "add signals, or remove it");
        }
    }

    private void ReadSignal(string name, ScenarioNode node)
    {
        (int sensor, int input) = FindInput(name, node);
        string text = ScenarioMap.WordOf(node, SignalForm);
        if (text.Length > LongestSignal) throw node.Wrong($"expected at most {LongestSignal} letters, found {text.Length}; shorten it");
        Match match = _signalPattern.Match(text);
        double scale = 1, offset = 0;
        bool isSignal = match.Success &&
            (!match.Groups["scale"].Success || ScenarioMap.ParseNumber(match.Groups["scale"].Value, out scale)) &&
            (!match.Groups["offset"].Success || ScenarioMap.ParseNumber(match.Groups["offset"].Value.Replace(" ", ""), out offset));
        if (!isSignal) throw node.Expected(SignalForm);
        int source = _sources.FindIndex(candidate => candidate.Declared.Name == match.Groups["source"].Value);
        if (source < 0) throw Unknown(node, "source", match.Groups["source"].Value, _sources.Select(candidate => candidate.Declared.Name));
        IReadOnlyList<Quantity> outputs = _sources[source].Made.Outputs;
        string wanted = match.Groups["output"].Value;
        int output = outputs.ToList().FindIndex(candidate => candidate.Name == wanted);
        if (output < 0) throw Unknown(node, $"output of {match.Groups["source"].Value}", wanted,
            outputs.Select(candidate => candidate.Name));
        if (scale == 1 && offset == 0) CheckUnits(node, _sensors[sensor].Part.Inputs[input], outputs[output]);
        _fed.Add((sensor, input));
        _signals.Add(new ScenarioSignal(sensor, input, source, output, scale, offset));
    }

    private void FeedByName(int sensor, int input)
    {
        Quantity wanted = _sensors[sensor].Part.Inputs[input];
        (int Source, int Output)[] found = [.. _sources.SelectMany((source, i) => source.Made.Outputs
            .Select((output, k) => (output.Name, Source: i, Output: k))
            .Where(candidate => candidate.Name == wanted.Name).Select(candidate => (candidate.Source, candidate.Output)))];
        if (found.Length == 0) return;
        if (found.Length > 1)
        {
            throw _sensors[sensor].Node.Wrong($"expected one source with an output {wanted.Name}, found " +
                $"{string.Join(" and ", found.Select(candidate => _sources[candidate.Source].Declared.Name))}; " +
                "say under signals which one it measures");
        }
        CheckUnits(_sensors[sensor].Node, wanted, _sources[found[0].Source].Made.Outputs[found[0].Output]);
        _fed.Add((sensor, input));
        _signals.Add(new ScenarioSignal(sensor, input, found[0].Source, found[0].Output, 1, 0));
    }

    // ax, or sensor2.ax where more than one sensor has it.
    private (int Sensor, int Input) FindInput(string name, ScenarioNode node)
    {
        (string Name, int Sensor, int Input)[] all = [.. _sensors.SelectMany((sensor, i) => sensor.Part.Inputs
            .Select((input, k) => (input.Name, Sensor: i, Input: k)))];
        (string Name, int Sensor, int Input)[] found = [.. all.Where(input => input.Name == name
            || $"sensor{input.Sensor + 1}.{input.Name}" == name)];
        if (found.Length == 1) return (found[0].Sensor, found[0].Input);
        if (found.Length > 1)
        {
            throw node.Wrong($"expected one sensor with an input {name}, found {found.Length}; write " +
                string.Join(" or ", found.Select(input => $"sensor{input.Sensor + 1}.{input.Name}")));
        }
        throw Unknown(node, "input of a sensor", name, all.Select(input => input.Name).Distinct());
    }

    private static void CheckUnits(ScenarioNode node, Quantity input, Quantity output)
    {
        if (input.Unit == output.Unit || input.Unit.Length == 0 || output.Unit.Length == 0) return;
        throw node.Wrong($"expected {input.Name} in {input.Unit}, found {output.Name} in {output.Unit}; " +
            $"give the scale, as SOURCE.{output.Name} * 0.5 + 0.2");
    }

    private static ScenarioException Unknown(ScenarioNode node, string what, string word, IEnumerable<string> known)
    {
        string[] words = [.. known];
        string? nearest = NearestWord.Of(word, words);
        return node.Wrong($"there is no {what} '{word}'; expected one of {(words.Length == 0 ? "none" : string.Join(", ", words))}" +
            (nearest == null ? "; correct it" : $"; did you mean {nearest}?"));
    }

    private static string Names(IEnumerable<Quantity> quantities) =>
        string.Join(", ", quantities.Select(quantity => quantity.Name).Distinct());
}
