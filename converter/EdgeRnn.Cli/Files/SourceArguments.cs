using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Cli.Files;

/// <summary>The arguments that say what a trained model is: its file and what cannot be read from it.</summary>
internal sealed class SourceArguments
{
    private readonly Option<string?> _arch = new("--arch")
    {
        Description = "Description of the layers of a container of named tensors (converter/ARCH.md).",
        HelpName = "ARCH.json",
    };

    private readonly Option<string[]> _bind = new("--bind")
    {
        Description = "Makes an input of an ONNX graph a constant (repeatable).",
        HelpName = "INPUT=FILE.pb|npy",
    };

    private readonly Option<string[]> _state = new("--state")
    {
        Description = "Pairs a state input of an ONNX graph with the output that follows it (repeatable).",
        HelpName = "INPUT=OUTPUT",
    };

    private readonly Argument<string> _source;

    /// <param name="name">What the help calls the file.</param>
    /// <param name="description">What the help says about it.</param>
    public SourceArguments(string name, string description) => _source = new Argument<string>(name) { Description = description };

    /// <summary>Adds argument and options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_source);
        verb.Add(_arch);
        verb.Add(_bind);
        verb.Add(_state);
    }

    /// <summary>The file or folder.</summary>
    public string PathOf(ParseResult arguments) => arguments.GetRequiredValue(_source);

    /// <summary>The description of the layers, or null.</summary>
    public string? ArchOf(ParseResult arguments) => arguments.GetValue(_arch);

    /// <summary>Imports the model.</summary>
    /// <exception cref="Converter.ConversionException">The source cannot be represented.</exception>
    /// <exception cref="CommandException">A file is missing, or an option is malformed.</exception>
    public RecurrentGraph Import(ParseResult arguments)
    {
        string source = PathOf(arguments);
        if (!File.Exists(source) && !Directory.Exists(source))
            throw new CommandException($"{source}: there is no such file; check the path");
        if (ModelFile.IsModel(source))
            throw new CommandException($"{source}: is an .ernn file already; expected a trained model such as .onnx or .pt");
        return ModelImporter.Import(source, new ImportOptions
        {
            ArchPath = ArchOf(arguments),
            Bindings = Pairs(arguments.GetValue(_bind), _bind),
            StatePairs = Pairs(arguments.GetValue(_state), _state),
        });
    }

    private static Dictionary<string, string> Pairs(string[]? values, Option option)
    {
        Dictionary<string, string> pairs = [];
        foreach (string value in values ?? [])
        {
            // Names in a graph may hold '=' no more than file names usually do; the first one separates.
            int equals = value.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || equals == value.Length - 1)
                throw new CommandException($"{option.Name} {value}: expected {option.HelpName}");
            if (!pairs.TryAdd(value[..equals], value[(equals + 1)..]))
                throw new CommandException($"{option.Name} {value}: '{value[..equals]}' is named twice; keep one");
        }
        return pairs;
    }
}
