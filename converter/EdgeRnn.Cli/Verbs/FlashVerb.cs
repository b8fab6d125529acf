using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Flash;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Boards;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn flash</c>: brings firmware, program and model onto a microcontroller board, by way of nanoff.</summary>
internal sealed class FlashVerb : Verb
{
    private const string _image = "firmware/Nano/EdgeRnn.Firmware.Nano/bin/Release/EdgeRnn.Firmware.Nano.bin";
    private const string _firmware = "firmware", _program = "program", _model = "model";

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    private readonly Option<string> _boardName = new("--board")
    {
        Description = "A board by id or alias; `edgernn boards` lists them.",
        HelpName = "NAME",
        Required = true,
    };
    private readonly Option<string?> _port = new("--port") { Description = "The serial port, as COM3 or /dev/ttyUSB0.", HelpName = "PORT" };
    private readonly Option<string?> _modelFile = new("--model")
    {
        Description = "A calibrated model, for boards that keep it in their storage.",
        HelpName = "MODEL.ernn",
    };
    private readonly Option<string> _imageFile = new("--image")
    {
        Description = "The program as its build makes it.",
        HelpName = "APP.bin",
        DefaultValueFactory = _ => _image,
    };
    private readonly Option<string?> _target = new("--target")
    {
        Description = "The firmware, where a board has several.",
        HelpName = "NAME",
    };
    private readonly Option<string[]> _only = new("--only")
    {
        Description = "What is brought there, instead of all of it (repeatable).",
        HelpName = "firmware|program|model",
    };

    private readonly Option<string> _nanoff = new("--nanoff")
    {
        Description = "Where nanoff is, if not in a folder of PATH.",
        HelpName = "PATH",
        DefaultValueFactory = _ => "nanoff",
    };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Shows the commands and runs none." };

    public FlashVerb(Terminal terminal) : base(terminal, "flash",
        "Brings firmware, program and model onto a microcontroller board (runs nanoff).",
        "edgernn flash --board esp32 --port COM3 --dry-run", "edgernn flash --board esp32 --port COM3 --model watch.ernn --only model")
    {
        _only.AcceptOnlyFromAmong(_firmware, _program, _model);
        foreach (Option option in new Option[] { _boardName, _port, _modelFile, _imageFile, _target, _only, _nanoff, _dryRun }) Add(option);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        BoardDescription board = BoardNames.Find(arguments.GetValue(_boardName)!);
        FlashPlan plan = new(board, arguments.GetValue(_target), arguments.GetValue(_port));
        string? model = arguments.GetValue(_modelFile);
        string image = arguments.GetValue(_imageFile)!;
        bool isDryRun = arguments.GetValue(_dryRun);
        string[] parts = arguments.GetValue(_only) is { Length: > 0 } only ? only
            : [_firmware, _program, .. model == null ? Array.Empty<string>() : [_model]];
        if (parts.Contains(_model)) CheckModel(plan, model);
        bool hasImage = File.Exists(image) || !parts.Contains(_program);
        if (!hasImage && !isDryRun) throw new CommandException(NoImage(image));
        if (parts.Contains(_program) && File.Exists(image)) CheckImage(board, image);
        string deployment = Path.Combine(Path.GetTempPath(), $"edgernn-flash-{Environment.ProcessId}.json");
        string? placement = parts.Contains(_model) ? JsonSerializer.Serialize(plan.Deployment(model!), _indented) : null;
        List<FlashStep> steps = [.. Steps(plan, parts, image, deployment)];
        string? tool = isDryRun ? null : NanoffTool.Find(arguments.GetValue(_nanoff)!);
        if (!hasImage) report.Note(NoImage(image));
        report.Line($"{board.Name} ({board.Id})");
        foreach (FlashStep step in steps)
        {
            report.Line($"{step.What}: {step.CommandLine}");
            if (placement != null && step.Arguments.Contains(deployment)) report.Line($"with {deployment}:\n{placement}");
        }
        if (tool != null) Run(tool, steps, deployment, placement, report);
        else report.Line("Nothing was run.");
        report.Document(new
        {
            board = board.Id,
            target = plan.Firmware.Target,
            commands = steps.Select(step => step.CommandLine),
            deployment = placement == null ? null : plan.Deployment(model!),
            ran = tool != null,
        });
        return ExitCode.Done;
    }

    private static IEnumerable<FlashStep> Steps(FlashPlan plan, string[] parts, string image, string deployment)
    {
        if (parts.Contains(_firmware)) yield return plan.UpdateFirmware();
        if (parts.Contains(_program)) yield return plan.DeployProgram(image);
        if (parts.Contains(_model)) yield return FlashPlan.DeployModel(deployment);
    }

    private static void Run(string tool, List<FlashStep> steps, string deployment, string? placement, Report report)
    {
        try
        {
            if (placement != null) File.WriteAllText(deployment, placement);
            // Standard output holds the document and nothing else where one was asked for.
            TextWriter output = report.Json ? report.Terminal.Error : report.Terminal.Output;
            foreach (FlashStep step in steps) NanoffTool.Run(tool, step, line => output.WriteLine("  " + line));
        }
        finally
        {
            File.Delete(deployment);
        }
    }

    private static void CheckModel(FlashPlan plan, string? path)
    {
        if (path == null) throw new CommandException("--only model: --model MODEL.ernn is missing");
        Model model = ModelFile.Load(path, out byte[] file);
        if (model.Detector == null)
            throw new CommandException($"{path}: its file has no detector settings; run `edgernn calibrate {path} --data NORMAL.csv -o " +
                "OUT.ernn` first");
        plan.CheckModel(path, file);
    }

    private static void CheckImage(BoardDescription board, string image)
    {
        long bytes = new FileInfo(image).Length;
        if (bytes <= board.FlashBytes) return;
        throw new CommandException(FormattableString.Invariant($"{image}: expected at most {board.FlashBytes:N0} bytes, the flash of the {board.Id} ") +
            FormattableString.Invariant($"for programs, found {bytes:N0}; pass the .bin that a build of firmware/Nano made"));
    }

    private static string NoImage(string image) =>
        $"{image}: there is no program; a desktop build (UseDevicePackages false) makes none: build firmware/Nano/EdgeRnn.Nano.sln with " +
            "the real packages, " +
        "as firmware/Nano/README.md says, or name another file with --image";
}
