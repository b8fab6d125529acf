using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Import.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>
/// The generic importer: any container of named tensors (.safetensors, .pt, a folder of .npy, .json) together with an
/// ARCH.json that says what the tensors mean. The format is described in converter/ARCH.md and converter/arch.schema.json.
/// </summary>
public static class ArchImporter
{
    private const int Version = 1;
    private const int MostMetadata = 64;
    private const int LongestText = 4096;

    /// <summary>Reads a container and its description.</summary>
    /// <param name="path">Path of the container.</param>
    /// <param name="options">Has the path of the ARCH file.</param>
    /// <exception cref="ConversionException">
    /// Something is missing, unknown or does not fit; the message names the file and the JSON path.
    /// </exception>
    public static RecurrentGraph Import(string path, ImportOptions options)
    {
        string archPath = options.ArchPath
            ?? throw new ConversionException($"{Path.GetFileName(path)}: needs a description of its layers; add --arch ARCH.json " +
                "(see converter/ARCH.md)");
        using JsonDocument document = SourceDocument.Read(archPath);
        SourceObject root = SourceDocument.Root(document, archPath).AsObject();
        CheckVersion(root);
        NamedTensors container = TensorContainer.Read(path);
        TensorReferences tensors = new(container);
        RecurrentGraph graph = Read(root, tensors, Path.GetFileNameWithoutExtension(archPath));

        foreach (string note in container.Notes) graph.Notes.Add(note);
        string[] unused = [.. tensors.Unused];
        if (unused.Length > 0)
        {
            string count = unused.Length == 1 ? "1 tensor" : $"{unused.Length} tensors";
            graph.Notes.Add($"{SourceText.Show(tensors.SourceName)} has {count} that {Path.GetFileName(archPath)} does not use: " +
                SourceText.List(unused));
        }
        return graph;
    }

    private static void CheckVersion(SourceObject root)
    {
        SourceValue version = root.Required("version");
        if (version.AsInteger(0) != Version)
            throw version.Fail($"this program reads version {Version}, found {version.Found}; use an EdgeRnn that knows it");
        root.Optional("$schema")?.AsText();
    }

    private static RecurrentGraph Read(SourceObject root, TensorReferences tensors, string fileName)
    {
        string name = root.Optional("name") is { } title ? ShortText(title) : fileName;
        int batchAxis = root.Optional("batchAxis")?.AsInteger(0, 1) ?? 1;
        int inputSize = root.Required("inputSize").AsInteger(1, ModelLimits.MaxFeatures);
        Preprocessing? preprocessing = root.Optional("preprocessing") is { } before
            ? PreprocessingReader.Read(before.AsObject(), tensors, inputSize) : null;

        SubgraphReader subgraphs = new(tensors);
        (Subgraph main, Wiring wiring) = subgraphs.Read(root, inputSize);
        SourceValue? window = root.Optional("window"), decoder = root.Optional("decoder");
        (WindowPlan? plan, Subgraph? decoderGraph) = (null, null);
        if (decoder is { } second)
        {
            if (window is not { } windows) throw second.Fail("a decoder runs at the end of a window; add 'window'");
            (plan, decoderGraph) = DecoderReader.Read(second.AsObject(), WindowReader.Read(windows, true), subgraphs, main, wiring);
        }
        else if (window is { } windows)
        {
            plan = WindowReader.Read(windows, false);
        }
        SourceValue? metadata = root.Optional("metadata");
        root.Close();

        RecurrentGraph graph = new()
        {
            Name = name,
            Main = main,
            Decoder = decoderGraph,
            Window = plan,
            Preprocessing = preprocessing,
            BatchAxis = batchAxis,
        };
        foreach ((string key, string text) in Metadata(metadata)) graph.Metadata[key] = text;
        return graph;
    }

    private static IEnumerable<(string Key, string Text)> Metadata(SourceValue? value)
    {
        if (value is not { } pairs) yield break;
        SourceObject body = pairs.AsObject();
        int count = 0;
        foreach (JsonProperty pair in pairs.Element.EnumerateObject())
        {
            if (++count > MostMetadata) throw pairs.Fail($"expected at most {MostMetadata} entries");
            if (pair.Name.Length is 0 or > 64 || pair.Name == "name" || pair.Name.Any(char.IsUpper))
                throw pairs.Fail($"keys are lower-case words other than 'name', found {SourceValue.Quote(pair.Name)}");
            yield return (pair.Name, ShortText(body.Required(pair.Name)));
        }
    }

    private static string ShortText(SourceValue value)
    {
        string text = value.AsText();
        return text.Length <= LongestText ? text : throw value.Fail($"expected at most {LongestText} characters, found {text.Length}");
    }
}
