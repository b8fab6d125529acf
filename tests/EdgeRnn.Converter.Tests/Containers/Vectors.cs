using System.IO;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Containers;

/// <summary>The files of tests/vectors/state-dict, made with PyTorch by the make.py beside them.</summary>
internal static class Vectors
{
    public static string Path(string name) => System.IO.Path.Combine(Repository.Root, "tests", "vectors", "state-dict", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    public static NamedTensors Tensors(string name) => TensorContainer.Read(Path(name));
}
