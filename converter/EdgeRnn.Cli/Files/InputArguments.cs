using System.CommandLine;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Files;

/// <summary>The arguments that say what a model is fed.</summary>
internal sealed class InputArguments
{
    private readonly Option<string> _input = new("--input")
    {
        Description = "What the model is fed: [steps, features], a CSV, or a batch of sequences.",
        HelpName = "X.npy|csv",
        Required = true,
    };

    private readonly Option<int?> _batchAxis = new("--batch-axis")
    {
        Description = "The batch axis of an array of three; otherwise one of size 1, or the one of the model's source.",
        HelpName = "0|1",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_input);
        verb.Add(_batchAxis);
    }

    /// <summary>The file.</summary>
    public string PathOf(ParseResult arguments) => arguments.GetRequiredValue(_input);

    /// <summary>Reads the array and says on standard error what is to be known about it.</summary>
    /// <exception cref="Converter.ConversionException">It cannot be read or does not fit the model.</exception>
    public StepArray Read(ParseResult arguments, Model model, Report report)
    {
        int? batchAxis = arguments.GetValue(_batchAxis);
        if (batchAxis is not (null or 0 or 1)) throw new CommandException($"--batch-axis {batchAxis}: expected 0 or 1");
        string path = PathOf(arguments);
        StepArray input = StepArrayFile.Read(path, StepArrayOptions.ForInputOf(model, batchAxis));
        foreach (string note in input.Notes) report.Note($"{path}: {note}");
        int missing = input.CountMissing();
        if (missing > 0)
        {
            report.Warn($"{path}: {Quantity.Count(missing)} values are missing; they are passed on as NaN, " +
                "and a recurrent state that met one stays NaN");
        }
        int infinite = input.CountInfinite();
        if (infinite > 0) report.Warn($"{path}: {Quantity.Count(infinite)} values are infinite or too large for float32");
        return input;
    }
}
