using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Arch;

namespace EdgeRnn.Tests;

/// <summary>A folder with a JSON container of seeded tensors, in which ARCH files are written and imported.</summary>
internal sealed class ArchFixture : IDisposable
{
    private const int Seed = 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("arch");
    private readonly Random _random = new(Seed);
    private readonly JsonObject _container = [];

    public Dictionary<string, Tensor> Tensors { get; } = [];

    /// <summary>Adds a tensor of values between -0.5 and 0.5.</summary>
    public ArchFixture With(string name, params int[] shape)
    {
        float[] data = new float[shape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < data.Length; i++) data[i] = _random.NextSingle() - 0.5f;
        Tensors[name] = new Tensor(data, shape);
        _container[name] = new JsonObject
        {
            ["data"] = new JsonArray([.. data.Select(value => (JsonNode)value)]),
            ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]),
        };
        return this;
    }

    /// <summary>Imports the container with an ARCH text, which has to fit the schema.</summary>
    public RecurrentGraph Import(string arch)
    {
        string path = WriteArch(arch);
        SchemaCheck.ExpectValid(path);
        return ArchImporter.Import(WriteContainer(), new ImportOptions { ArchPath = path });
    }

    /// <summary>The message an ARCH text is refused with; it is one line and names the file.</summary>
    public string Refusal(string arch)
    {
        string path = WriteArch(arch), container = WriteContainer();
        string message = Assert.Throws<ConversionException>(
            () => ArchImporter.Import(container, new ImportOptions { ArchPath = path })).Message;
        Assert.DoesNotContain('\n', message);
        Assert.StartsWith("test.arch.json: ", message, StringComparison.Ordinal);
        return message;
    }

    /// <summary>Whether an ARCH text fits the schema.</summary>
    public static bool FitsSchema(string arch)
    {
        using JsonDocument document = JsonDocument.Parse(arch);
        return SchemaCheck.FirstProblem(document.RootElement) == null;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string WriteArch(string arch)
    {
        string path = Path.Combine(_folder.FullName, "test.arch.json");
        File.WriteAllText(path, arch);
        return path;
    }

    /// <summary>Writes the tensors, for importing them with an ARCH file from elsewhere.</summary>
    public string WriteContainer()
    {
        string path = Path.Combine(_folder.FullName, "weights.json");
        File.WriteAllText(path, _container.ToJsonString());
        return path;
    }
}
