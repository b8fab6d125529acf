using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Simulator;

/// <summary>What a person may inject: faults of the scenario's sources and sensors, and of the device.</summary>
internal static class FaultMenu
{
    private const long Second = 1_000_000;
    private const long RampMicros = 2 * Second, HoldMicros = 20 * Second;
    private const int MostSignals = 4;

    private static readonly ScenarioEvent _lateTicks = new()
    {
        AtMicros = 0,
        Action = ScenarioAction.LateTicks,
        Count = 3,
        Text = "3 ticks late",
    };

    private static readonly ScenarioEvent _powerLoss = new()
    {
        AtMicros = 0,
        Action = ScenarioAction.PowerLoss,
        ForMicros = 5 * Second,
        Text = "no power for 5 s",
    };

    // Each choice is what happens at once, and what happens as much later as the event's time says.
    public static IReadOnlyList<FaultChoice> Of(Scenario scenario, World world, out IReadOnlyDictionary<string, ScenarioEvent[]> choices)
    {
        List<FaultChoice> menu = [];
        Dictionary<string, ScenarioEvent[]> found = [];
        void Offer(string id, string label, params ScenarioEvent[] events)
        {
            if (found.TryAdd(id, events)) menu.Add(new FaultChoice(id, label));
        }
        for (int i = 0; i < world.Sources.Count; i++) OfferSource(scenario, world.Sources[i], i, Offer);
        for (int i = 0; i < world.Parts.Count; i++) OfferSensor(world, i, Offer);
        foreach (ScenarioEvent spike in scenario.Events.Where(next => next.Action == ScenarioAction.Spike))
            Offer($"spike.{spike.Target}.{spike.Index}", $"Spike of {InputOf(world, spike.Target, spike.Index)}", spike);
        Offer("late-ticks", "Three late ticks", _lateTicks);
        Offer("power-loss", "Power loss", _powerLoss);
        choices = found;
        return menu;
    }

    // As the scenario counts them where the kind does not tell which one it is.
    public static string NameOf(IReadOnlyList<SimulatedPart> parts, int number)
    {
        string kind = parts[number].Kind;
        return parts.Count == 1 ? "sensor" : parts.Count(part => part.Kind == kind) == 1 ? kind : $"{kind} {number + 1}";
    }

    private static string InputOf(World world, int sensor, int input)
    {
        string name = world.Parts[sensor].Inputs[input].Name;
        return world.Parts.Count == 1 ? name : $"{name} ({NameOf(world.Parts, sensor)})";
    }

    private delegate void Offering(string id, string label, params ScenarioEvent[] events);

    // A setting that is nothing as a rule and may be everything is a fault.
    private static void OfferSource(Scenario scenario, ISource source, int number, Offering offer)
    {
        string name = scenario.Sources[number].Name;
        for (int i = 0; i < source.Settings.Count; i++)
        {
            SourceSetting setting = source.Settings[i];
            if (setting is not { Unit: "", Usual: 0, Least: 0, Most: 1 }) continue;
            string label = char.ToUpperInvariant(setting.Name[0]) + setting.Name[1..] + " fault";
            offer($"{name}.{setting.Name}", scenario.Sources.Count == 1 ? label : $"{label} ({name})",
                Change(number, i, 1, 0, $"{name}.{setting.Name} to 1 over 2 s"),
                Change(number, i, 0, HoldMicros, $"{name}.{setting.Name} to 0 over 2 s"));
        }
    }

    private static ScenarioEvent Change(int source, int setting, double to, long after, string text) => new()
    {
        AtMicros = after,
        Action = ScenarioAction.Set,
        Target = source,
        Index = setting,
        Value = to,
        OverMicros = RampMicros,
        Text = text,
    };

    private static void OfferSensor(World world, int number, Offering offer)
    {
        SimulatedPart part = world.Parts[number];
        string which = NameOf(world.Parts, number);
        ScenarioEvent Fault(ScenarioAction action, string text, long seconds, int input = 0) => new()
        {
            AtMicros = 0,
            Action = action,
            Target = number,
            Index = input,
            ForMicros = seconds * Second,
            Text = $"{text} for {seconds} s",
        };
        offer($"unplugged.{number}", $"Unplug {which}", Fault(ScenarioAction.Unplugged, $"{which} unplugged", 5));
        if (part.Faults != null)
            offer($"no-answer.{number}", $"No answer of {which}", Fault(ScenarioAction.NoAnswer, $"{which} does not answer", 2));
        int offered = 0;
        for (int i = 0; i < part.Inputs.Count && offered < MostSignals; i++)
        {
            if (world.Signal(number, i) == null) continue;
            offered++;
            string name = InputOf(world, number, i);
            offer($"stuck.{number}.{i}", $"Stuck {name}", Fault(ScenarioAction.Stuck, $"{name}: stuck", 10, i));
        }
    }
}
