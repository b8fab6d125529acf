using System.IO;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Tests;

namespace EdgeRnn.Accuracy;

/// <summary>Where the real models and recordings are, and the ARCH files that describe the models.</summary>
/// <param name="DataFolder">Folder with <c>models/</c> and <c>data/</c>; never part of the checkout.</param>
/// <param name="ArchFolder">Folder of the *.arch.json files.</param>
public sealed record Sources(string DataFolder, string ArchFolder)
{
    /// <summary>The folders of this checkout and beside it.</summary>
    public static Sources BesideCheckout { get; } = new(
        Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data")),
        Path.Combine(Repository.Root, "tests", "vectors", "arch"));

    /// <summary>The path of a file or folder below the data folder.</summary>
    /// <exception cref="ConversionException">It is absent.</exception>
    public string Find(string relative)
    {
        string path = Path.Combine(DataFolder, relative);
        return File.Exists(path) || Directory.Exists(path) ? path
            : throw new ConversionException($"{relative} is not in ../shared/data; put the real models beside this checkout");
    }

    /// <summary>A trained model as graph.</summary>
    /// <param name="relative">The model, below the data folder.</param>
    /// <param name="arch">Name of the ARCH file without endings; null where the model describes itself.</param>
    public RecurrentGraph Import(string relative, string? arch) => ModelImporter.Import(Find(relative),
        new ImportOptions { ArchPath = arch == null ? null : Path.Combine(ArchFolder, arch + ".arch.json") });

    /// <summary>The rows of an .npy array: [steps][features], all axes but the last counting steps.</summary>
    public float[][] Rows(string relative)
    {
        Tensor array = NpyFile.Read(Find(relative));
        return StepRows.Split(array.Data, array.Rank == 1 ? 1 : array.Shape[^1]);
    }
}
