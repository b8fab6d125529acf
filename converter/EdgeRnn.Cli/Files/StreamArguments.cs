using System;
using System.CommandLine;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Files;

/// <summary>The arguments that say what a detector is fed: one stream.</summary>
internal sealed class StreamArguments
{
    private readonly Option<string> _data;
    private readonly Option<bool> _counts = new("--counts")
    {
        Description = "Feed whole numbers, as an integer model takes them from a sensor without a float.",
    };
    private readonly Option<double?> _rate = new("--rate")
    {
        Description = "Samples per second, to tell times beside steps.",
        HelpName = "HZ",
    };

    /// <param name="helpName">What the help calls the file.</param>
    /// <param name="description">What the help says about it.</param>
    public StreamArguments(string helpName, string description) =>
        _data = new Option<string>("--data") { Description = description, HelpName = helpName, Required = true };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_data);
        verb.Add(_rate);
        verb.Add(_counts);
    }

    /// <summary>The file.</summary>
    public string PathOf(ParseResult arguments) => arguments.GetRequiredValue(_data);

    /// <summary>Whether whole numbers are fed.</summary>
    public bool CountsOf(ParseResult arguments) => arguments.GetValue(_counts);

    /// <summary>Samples per second, or null.</summary>
    /// <exception cref="CommandException">It is no rate.</exception>
    public double? RateOf(ParseResult arguments)
    {
        double? rateHz = arguments.GetValue(_rate);
        if (rateHz is { } rate && !(rate > 0 && double.IsFinite(rate)))
            throw new CommandException($"--rate {rate}: expected a number of samples per second above 0");
        return rateHz;
    }

    /// <summary>Reads the stream.</summary>
    /// <exception cref="ConversionException">It cannot be read or does not fit the model.</exception>
    public StepArray Read(ParseResult arguments, Model model, Report report)
    {
        string path = PathOf(arguments);
        StepArray stream = StepArrayFile.Read(path, StepArrayOptions.ForInputOf(model) with { KeepTimes = true });
        foreach (string note in stream.Notes) report.Note($"{path}: {note}");
        return stream;
    }

    /// <summary>Does something with the stream; a refusal that speaks of "data" then names the file.</summary>
    /// <exception cref="ConversionException">As <paramref name="work"/> throws it.</exception>
    public static T Naming<T>(string path, Func<T> work)
    {
        const string place = "data: ";
        try
        {
            return work();
        }
        catch (ConversionException refusal) when (refusal.Message.StartsWith(place, StringComparison.Ordinal))
        {
            throw new ConversionException($"{path}: {refusal.Message[place.Length..]}", refusal);
        }
    }
}
