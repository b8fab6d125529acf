using System.CommandLine;
using System.Globalization;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn bench MODEL.ernn</c>: what a step costs on this machine, and what it would cost at least.</summary>
internal sealed class BenchVerb : Verb
{
    private const int _defaultSteps = 100_000, _mostStreams = 65_536;
    private const string _rateKey = "rateHz";

    private readonly Argument<string> _model = new("MODEL.ernn") { Description = "The model file." };
    private readonly Option<int> _steps = new("--steps")
    {
        Description = "Steps to measure; a slow model stops earlier.",
        HelpName = "N",
        DefaultValueFactory = _ => _defaultSteps,
    };
    private readonly Option<int> _streams = new("--streams")
    {
        Description = "Streams stepped in one call; figures stay those of one stream.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<double?> _rate = new("--rate")
    {
        Description = $"Samples per second, for the real-time factor; without it, what the model's metadata has as {_rateKey}.",
        HelpName = "HZ",
    };

    public BenchVerb(Terminal terminal) : base(terminal, "bench",
        "Measures nanoseconds and allocated bytes per step on this machine, beside the least its weights and products would take.",
        "edgernn bench model.ernn --steps 100000", "edgernn bench model.ernn --streams 256 --rate 100")
    {
        Add(_model);
        Add(_steps);
        Add(_streams);
        Add(_rate);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        int steps = arguments.GetValue(_steps), streams = arguments.GetValue(_streams);
        if (steps < 1) throw new CommandException($"--steps {steps}: expected at least 1");
        if (streams is < 1 or > _mostStreams) throw new CommandException($"--streams {streams}: expected 1 to {_mostStreams}");
        double? rateHz = arguments.GetValue(_rate);
        if (rateHz is { } given && !(given > 0 && double.IsFinite(given)))
            throw new CommandException($"--rate {given.ToString(CultureInfo.InvariantCulture)}: expected a number above 0");
        Model model = ModelFile.Load(arguments.GetRequiredValue(_model));
        if (rateHz == null && model.Metadata.TryGetValue(_rateKey, out string? text) &&
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double stored) && stored > 0)
            rateHz = stored;

        StepTiming timing = StepTiming.Measure(model, steps, streams);
        double? realTimeFactor = 1e9 / (timing.MedianNs * rateHz);
        Describe(report, model, timing, rateHz, realTimeFactor);
        report.Document(new
        {
            timing.MedianNs,
            timing.FastestNs,
            timing.SlowestNs,
            timing.Steps,
            timing.Blocks,
            timing.AllocatedBytes,
            timing.Path,
            timing.StreamLimitNs,
            timing.StreamRatio,
            timing.ProductLimitNs,
            timing.ProductRatio,
            timing.Streams,
            timing.OneByOneNs,
            rateHz,
            realTimeFactor,
        });
        return ExitCode.Done;
    }

    private static void Describe(Report report, Model model, StepTiming timing, double? rateHz, double? realTimeFactor)
    {
        string ofStream = timing.Streams == 1 ? "" : $" and stream, {Quantity.Count(timing.Streams)} streams in one call";
        report.Line($"median      {Quantity.Duration(timing.MedianNs)} per step{ofStream}");
        report.Line($"range       {Quantity.Duration(timing.FastestNs)} to {Quantity.Duration(timing.SlowestNs)} " +
            $"over {timing.Blocks} blocks, {Quantity.Count(timing.Steps)} steps together");
        if (timing.OneByOneNs is { } oneByOne)
            report.Line($"one by one  {Quantity.Duration(oneByOne)}, {Quantity.Fixed(oneByOne / timing.MedianNs, 2)} times as long");
        if (timing.StreamLimitNs is { } stream && timing.ProductLimitNs is { } product)
        {
            report.Line($"limits      {Quantity.Duration(stream)} to read {Quantity.Bytes(model.WeightBytes)} of weights, " +
                $"{Quantity.Duration(product)} for the products alone: {Quantity.Fixed(timing.StreamRatio!.Value, 2)} and " +
                $"{Quantity.Fixed(timing.ProductRatio!.Value, 2)} times these");
        }
        if (model.WindowText.Length > 0) report.Detail("            the limits are those of one pass through every layer");
        if (rateHz is { } rate)
            report.Line($"real time   {Quantity.Fixed(realTimeFactor!.Value, 0)} times as fast as {rate.ToString(CultureInfo.InvariantCulture)} samples a second");
        report.Line($"allocated   {Quantity.Count(timing.AllocatedBytes)} bytes");
        report.Line($"path        {timing.Path}");
    }
}
