using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Output;

/// <summary>The golden steps in a file.</summary>
/// <param name="Steps">How many.</param>
/// <param name="Checks">How many of them are compared.</param>
/// <param name="Exact">Whether answers and states must agree to the bit.</param>
/// <param name="Tolerance">Otherwise the largest difference that passes.</param>
/// <param name="Bytes">Of the file.</param>
internal sealed record GoldenReport(int Steps, int Checks, bool Exact, float Tolerance, int Bytes)
{
    /// <summary>In words.</summary>
    public string Text => $"{Quantity.Count(Steps)} steps, {Checks} of them compared " +
        (Exact ? "to the bit" : $"within {Quantity.Error(Tolerance)}");

    /// <summary>Describes those of a file; null where it has none.</summary>
    /// <param name="file">The file the model was read from.</param>
    /// <param name="model">The model.</param>
    /// <param name="path">The file in messages.</param>
    /// <exception cref="CommandException">The section is damaged.</exception>
    public static GoldenReport? Of(byte[] file, Model model, string path)
    {
        if (model.GoldenBytes == 0) return null;
        SelfTest test = Prepare(file, model, path);
        return new GoldenReport(test.StepCount, test.CheckCount, test.IsExact, test.Tolerance, model.GoldenBytes);
    }

    /// <summary>The self-test of a file.</summary>
    /// <exception cref="CommandException">The section is damaged.</exception>
    public static SelfTest Prepare(byte[] file, Model model, string path)
    {
        try
        {
            return new SelfTest(file, model);
        }
        catch (ModelException refusal)
        {
            throw new CommandException($"{path}: {refusal.Message}", refusal);
        }
    }
}
