using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Accuracy.Tasks;
using EdgeRnn.Converter;

namespace EdgeRnn.Accuracy;

/// <summary>What the command line asks for.</summary>
/// <param name="Scheme">Scheme of every layer.</param>
/// <param name="Tasks">What to measure, in the order of the table.</param>
/// <param name="Json">One JSON document instead of the table.</param>
/// <param name="Write">Also put the table into runtime/NUMERICS.md.</param>
public sealed record AccuracyOptions(string Scheme, IReadOnlyList<IAccuracyTask> Tasks, bool Json, bool Write)
{
    public const string DefaultScheme = "w8a16";

    private const string Options = "--scheme, --models, --json or --write";
    private static readonly string[] _schemes = ["f32", "w16a16", "w8a16", "w8a8", "w4a16"];

    /// <exception cref="ConversionException">An option, scheme or model is unknown, or the page would lose rows.</exception>
    public static AccuracyOptions Parse(IReadOnlyList<string> args)
    {
        string scheme = DefaultScheme;
        IReadOnlyList<IAccuracyTask> tasks = AccuracyTasks.All;
        bool json = false, write = false;
        for (int i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--scheme": scheme = OneOf(_schemes, ValueOf(args, ref i)); break;
                case "--models": tasks = Named(ValueOf(args, ref i)); break;
                case "--json": json = true; break;
                case "--write": write = true; break;
                default: throw new ConversionException($"{args[i]} is not an option, expected {Options}");
            }
        }
        if (write && (tasks.Count != AccuracyTasks.All.Count || scheme != DefaultScheme))
            throw new ConversionException($"--write writes the whole table of {DefaultScheme}; leave --models and --scheme out");
        return new AccuracyOptions(scheme, tasks, json, write);
    }

    private static string ValueOf(IReadOnlyList<string> args, ref int index) => ++index < args.Count
        ? args[index] : throw new ConversionException($"{args[index - 1]} needs a value after it");

    private static string OneOf(string[] words, string word) => words.Contains(word)
        ? word : throw new ConversionException($"'{word}' is not a scheme, expected one of {string.Join(", ", words)}");

    private static List<IAccuracyTask> Named(string names)
    {
        string[] wanted = names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string[] known = [.. AccuracyTasks.All.Select(task => task.Name)];
        string? unknown = wanted.FirstOrDefault(name => !known.Contains(name));
        if (unknown != null || wanted.Length == 0)
            throw new ConversionException($"'{unknown ?? names}' is not a model, expected some of {string.Join(",", known)}");
        return [.. AccuracyTasks.All.Where(task => wanted.Contains(task.Name))];
    }
}
