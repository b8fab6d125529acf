using System;
using System.IO;
using System.Linq;
using System.Text;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Containers;

public sealed class NpyFileTests : IDisposable
{
    private const string _valid = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }";
    private static readonly byte[] _two = [0, 0, 128, 63, 0, 0, 0, 64];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static byte[] File(string header, byte[] elements, byte version = 1)
    {
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes(header.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.ASCII.GetBytes(header), .. elements];
    }

    private static string Refusal(byte[] bytes) => Assert.Throws<ConversionException>(() => NpyFile.Parse(bytes, "a.npy")).Message;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_format_version_is_read(byte version)
    {
        Tensor tensor = NpyFile.Parse(File(_valid, _two, version), "a.npy");
        Assert.Equal([2, 1], tensor.Shape);
        Assert.Equal([1, 2], tensor.Data);
    }

    [Theory]
    [InlineData("<f2", new byte[] { 0, 60, 0, 192 })]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 240, 63, 0, 0, 0, 0, 0, 0, 0, 192 })]
    [InlineData("|i1", new byte[] { 1, 254 })]
    [InlineData("<i2", new byte[] { 1, 0, 254, 255 })]
    [InlineData("<i4", new byte[] { 1, 0, 0, 0, 254, 255, 255, 255 })]
    [InlineData("<i8", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 254, 255, 255, 255, 255, 255, 255, 255 })]
    public void Every_element_type_becomes_float32(string type, byte[] elements)
    {
        Tensor tensor = NpyFile.Parse(File(_valid.Replace("<f4", type, StringComparison.Ordinal), elements), "a.npy");
        Assert.Equal([1, -2], tensor.Data);
    }

    [Theory]
    [InlineData("|b1")]
    [InlineData("|u1")]
    public void Bytes_become_float32(string type) =>
        Assert.Equal([0, 1], NpyFile.Parse(File(_valid.Replace("<f4", type, StringComparison.Ordinal), [0, 1]), "a.npy").Data);

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 5 })]
    [InlineData(new[] { 2, 3, 4 })]
    [InlineData(new[] { 0, 3 })]
    public void What_is_written_is_read_back(int[] shape)
    {
        int count = shape.Aggregate(1, (product, size) => product * size);
        Tensor tensor = new([.. Enumerable.Range(0, count).Select(i => i * 0.5f)], shape);
        string path = Path.Combine(_folder.Root, "t.npy");
        NpyFile.Write(path, tensor);
        Tensor back = NpyFile.Read(path);
        Assert.Equal(shape, back.Shape);
        Assert.Equal(tensor.Data, back.Data);
        byte[] bytes = System.IO.File.ReadAllBytes(path);
        Assert.Equal(0, (bytes.Length - count * 4) % 64);
    }

    [Fact]
    public void Fortran_order_is_refused()
    {
        string header = _valid.Replace("False", "True", StringComparison.Ordinal);
        Assert.Equal("a.npy: the array is in Fortran order, expected C order; save numpy.ascontiguousarray(array)", Refusal(File(header, _two)));
    }

    [Fact]
    public void Big_endian_is_refused()
    {
        string header = _valid.Replace("<f4", ">f4", StringComparison.Ordinal);
        Assert.Equal("a.npy: big-endian elements (>f4) are not read; save array.astype('<f4')", Refusal(File(header, _two)));
    }

    [Theory]
    [InlineData("<f4", "<c8", "element type <c8 is not read")]
    [InlineData("<f4", "|O", "element type |O is not read")]
    [InlineData("'<f4'", "[('a', '<f4')]", "record arrays are not read")]
    [InlineData("(2, 1)", "(2, 2)", "shape [2, 2] needs 16 bytes of elements, the file has 8")]
    [InlineData("(2, 1)", "(1, 1)", "shape [1, 1] needs 4 bytes of elements, the file has 8")]
    [InlineData("(2, 1)", "(2, -1)", "a size that is no whole number")]
    [InlineData("(2, 1)", "(4294967296, 4294967296)", "is not that of a tensor")]
    [InlineData("(2, 1)", "(0, 4294967296)", "is not that of a tensor")]
    [InlineData("(2, 1)", "(1,1,1,1,1,1,1,1,1,2)", "more than 8 axes")]
    [InlineData("'shape'", "'form'", "key 'form'")]
    [InlineData("'shape'", "'descr'", "key descr twice")]
    [InlineData("'shape': (2, 1), ", "", "found 2 keys")]
    [InlineData("}", "} 1", "text behind the dictionary")]
    [InlineData(", }", "", "no '}'")]
    public void A_header_with_one_thing_wrong_is_refused(string right, string wrong, string message)
    {
        Assert.NotNull(NpyFile.Parse(File(_valid, _two), "a.npy"));
        Assert.Contains(message, Refusal(File(_valid.Replace(right, wrong, StringComparison.Ordinal), _two)), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] whole = File(_valid, _two, version: 2);
        for (int length = 0; length < whole.Length; length++) Assert.StartsWith("a.npy: ", Refusal(whole[..length]), StringComparison.Ordinal);
        Assert.Contains("needs 8 bytes of elements, the file has 9", Refusal([.. whole, 0]), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_version_and_other_files_are_refused()
    {
        Assert.Contains("format version 4, expected 1, 2 or 3", Refusal(File(_valid, _two, version: 4)), StringComparison.Ordinal);
        Assert.Contains("not a NumPy array", Refusal([.. "PK and more text"u8]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_names_tensors_after_their_files()
    {
        _folder.File("rnn.bias.npy", File(_valid, _two));
        _folder.File("a.npy", File(_valid, _two));
        _folder.File("readme.txt", "not a tensor");
        NamedTensors tensors = TensorContainer.Read(_folder.Root);
        Assert.Equal(["a", "rnn.bias"], tensors.Names);
        Assert.Equal([1, 2], tensors["rnn.bias"].Data);
        string missing = Assert.Throws<ConversionException>(() => tensors["b"]).Message;
        Assert.Equal($"{_folder.Root}: there is no tensor b; the file holds a, rnn.bias", missing);
    }

    [Fact]
    public void An_empty_folder_and_a_missing_file_are_refused()
    {
        Assert.Contains("the folder holds no .npy file", Assert.Throws<ConversionException>(() => TensorContainer.Read(_folder.Root)).Message,
            StringComparison.Ordinal);
        string missing = Path.Combine(_folder.Root, "missing.npy");
        Assert.Equal($"{missing}: there is no such file; check the path", Assert.Throws<ConversionException>(() => NpyFile.Read(missing)).Message);
    }

    [Fact]
    public void Arrays_saved_by_numpy_are_read()
    {
        NamedTensors tensors = TensorContainer.Read(SharedData.Path("models/silero-vad-lstm128/tensors"));
        Assert.Equal([512, 128], tensors["rnn.weight_ih"].Shape);
        Assert.Equal(6, tensors.Names.Count);
    }
}
