using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn run MODEL.ernn --input X</c>: answers of a model to a recording.</summary>
internal sealed class RunVerb : Verb
{
    private readonly Argument<string> _model = new("MODEL.ernn") { Description = "The model file." };
    private readonly InputArguments _input = new();
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Where the answers go; without it, CSV on standard output.",
        HelpName = "Y.npy|csv",
    };

    public RunVerb(Terminal terminal) : base(terminal, "run", "Runs a model over a recording, step by step.",
        "edgernn run model.ernn --input stream.csv --output answers.csv")
    {
        Add(_model);
        _input.AddTo(this);
        Add(_output);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        string modelPath = arguments.GetRequiredValue(_model);
        string? output = arguments.GetValue(_output);
        if (output != null)
        {
            StepArrayFile.IsCsv(output);
            AtomicFile.CheckTarget(output, modelPath, _input.PathOf(arguments));
        }
        Model model = ModelFile.Load(modelPath);
        StepArray input = _input.Read(arguments, model, report);
        Answers answers = ProgressBar.During(report, (long)input.Steps * input.Sequences.Count,
            progress => SequenceRunner.Run(model, input, progress));
        Warn(answers, report);
        if (answers.Steps.Count == 0)
        {
            throw new CommandException($"{_input.PathOf(arguments)}: the model did not answer within {input.Steps} steps; " +
                "give a longer input");
        }

        StepArray frames = answers.ToSteps(input.Layout);
        IReadOnlyList<string> columns = [.. Enumerable.Range(0, answers.FrameSize).Select(feature => $"y{feature}")];
        if (output != null)
            AtomicFile.Write(output, path => StepArrayFile.Write(path, output, frames, columns));
        else if (!report.Json)
            CsvStepWriter.Write(report.Terminal.Output, frames, columns);
        Describe(report, output, input, answers);
        return ExitCode.Done;
    }

    private static void Warn(Answers answers, Report report)
    {
        if (answers.InvalidInputs > 0)
            report.Warn($"{Quantity.Count(answers.InvalidInputs)} steps had an index outside the embedding: zeros were used");
    }

    private static void Describe(Report report, string? output, StepArray input, Answers answers)
    {
        if (output != null)
        {
            string batch = answers.Sequences.Count == 1 ? "" : $" in each of {answers.Sequences.Count} sequences";
            string frames = answers.FramesPerAnswer == 1 ? "" : $" of {answers.FramesPerAnswer} rows";
            string count = Quantity.Count(answers.Steps.Count);
            report.Line(OneLine.Of($"{Quantity.Count(input.Steps)} steps in, {count} answers{frames} out{batch}, " +
                $"the first at step {answers.Steps[0]} -> {output}"));
        }
        report.Document(new
        {
            output,
            inputSteps = input.Steps,
            sequences = answers.Sequences.Count,
            answers = answers.Steps.Count,
            framesPerAnswer = answers.FramesPerAnswer,
            frameSize = answers.FrameSize,
            firstAnswerStep = answers.Steps[0],
            missingValues = input.CountMissing(),
            invalidInputs = answers.InvalidInputs,
            frames = output == null ? Rows(answers) : null,
        });
    }

    // [sequences][frames][features]
    private static float[][][] Rows(Answers answers) =>
        [.. answers.Sequences.Select(sequence => sequence.Chunk(answers.FrameSize).ToArray())];
}
