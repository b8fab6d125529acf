using System.CommandLine;
using System.IO;
using EdgeRnn.Cli.Evaluation;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn eval skab|nab|csv</c>: how good is a detector, by published rules and beside trivial ones?</summary>
internal sealed class EvalVerb : Verb
{
    private readonly Argument<string> _protocol = new("PROTOCOL") { Description = "skab, nab or csv: whose rules score." };
    private readonly Option<string> _data = new("--data")
    {
        Description = "The folder of the benchmark; for csv a labelled recording or a folder of such.",
        HelpName = "DIR|FILE",
        Required = true,
    };
    private readonly Option<string?> _models = new("--models")
    {
        Description = "One model for all series, or a folder with one for each, named after it with _ for /. Without it, the forecaster " +
            "for a single sensor that ships.",
        HelpName = "DIR|MODEL",
    };
    private readonly Option<string> _scheme = new("--scheme")
    {
        Description = "How trained models are converted; .ernn files are taken as they are.",
        HelpName = string.Join('|', SchemeName.All),
        DefaultValueFactory = _ => SchemeName.Of(Scheme.F32),
    };
    private readonly Option<string?> _arch = new("--arch") { Description = "What the tensors of the models mean.", HelpName = "ARCH.json" };
    private readonly Option<string?> _settings = new("--settings")
    {
        Description = "Detector settings in place of the protocol's or the file's.",
        HelpName = "FILE.json",
    };
    private readonly Option<bool> _choose = new("--choose")
    {
        Description = "With skab: choose the settings anew from normal operation, without labels; some minutes.",
    };
    private readonly Option<int?> _trainingRows = new("--training-rows")
    {
        Description = "With csv: rows from the start of each recording that are not scored; else those the detector learns from.",
        HelpName = "N",
    };
    private readonly Option<string?> _label = new("--label")
    {
        Description = "With csv: the column of 0 and 1, else anomaly or label.",
        HelpName = "COLUMN",
    };
    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Of the intervals over files, and of the choice.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public EvalVerb(Terminal terminal) : base(terminal, "eval",
        "Scores a detector by the rules of SKAB or NAB, or on labelled recordings, beside trivial detectors.",
        "edgernn eval skab --data skab --models skab-gru16", "edgernn eval nab --data nab",
        "edgernn eval csv --data labelled.csv --models pump.ernn")
    {
        Add(_protocol);
        Add(_data);
        Add(_models);
        Add(_scheme);
        Add(_arch);
        Add(_settings);
        Add(_choose);
        Add(_trainingRows);
        Add(_label);
        Add(_seed);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        string protocol = arguments.GetRequiredValue(_protocol), schemeName = arguments.GetRequiredValue(_scheme);
        if (!SchemeName.TryParse(schemeName, out Scheme scheme))
            throw new CommandException($"--scheme {schemeName}: expected {string.Join(", ", SchemeName.All)}");
        bool choose = arguments.GetValue(_choose);
        if (choose && protocol != "skab") throw new CommandException("--choose: goes with skab; leave it out");
        int? trainingRows = arguments.GetValue(_trainingRows);
        if (protocol != "csv" && (trainingRows != null || arguments.GetValue(_label) != null))
            throw new CommandException("--training-rows, --label: go with csv; the rules of skab and nab say which rows are scored");
        if (trainingRows < 0) throw new CommandException($"--training-rows {trainingRows}: expected at least 0");
        string? settings = arguments.GetValue(_settings);
        if (choose && settings != null)
            throw new CommandException("--choose, --settings: one chooses settings, the other gives them; leave one out");
        EvaluationRequest request = new(DataOf(arguments), arguments.GetValue(_models), scheme, arguments.GetValue(_arch),
            settings == null ? null : DetectorArguments.Read(settings, out _), settings ?? "one configuration for all", choose,
            arguments.GetValue(_seed));
        switch (protocol)
        {
            case "skab": SkabEvaluation.Run(request, report); break;
            case "nab": NabEvaluation.Run(request, report); break;
            case "csv": CsvEvaluation.Run(request, trainingRows, arguments.GetValue(_label), report); break;
            default: throw new CommandException($"eval {protocol}: expected skab, nab or csv");
        }
        return ExitCode.Done;
    }

    private string DataOf(ParseResult arguments)
    {
        string data = arguments.GetRequiredValue(_data);
        return Directory.Exists(data) || File.Exists(data)
            ? data
            : throw new CommandException($"--data {data}: there is no such folder or file");
    }
}
