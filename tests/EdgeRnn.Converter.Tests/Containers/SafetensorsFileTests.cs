using System;
using System.Buffers.Binary;
using System.Text;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Containers;

public class SafetensorsFileTests
{
    private const string _valid =
        """{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F16","shape":[1,2],"data_offsets":[8,12]}}""";

    private static readonly byte[] _elements = [0, 0, 128, 63, 0, 0, 0, 192, 0, 60, 0, 192];

    private static byte[] File(string header, byte[] elements)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, Encoding.UTF8.GetByteCount(header));
        return [.. length, .. Encoding.UTF8.GetBytes(header), .. elements];
    }

    private static string Refusal(byte[] bytes) => Assert.Throws<ConversionException>(() => SafetensorsFile.Parse(bytes, "m.st")).Message;

    [Fact]
    public void Tensors_stand_in_the_order_of_the_header()
    {
        NamedTensors tensors = SafetensorsFile.Parse(File(_valid, _elements), "m.st");
        Assert.Equal(["b", "a"], tensors.Names);
        Assert.Equal([1, -2], tensors["b"].Data);
        Assert.Equal([1, 2], tensors["a"].Shape);
        Assert.Equal([1, -2], tensors["a"].Data);
        Assert.Equal("pt", tensors.Attributes["format"]);
    }

    [Theory]
    [InlineData("[0,8]", "[4,12]", "b begins at byte 4 of the data, the tensor before it ends at 0: there is a gap")]
    [InlineData("[8,12]", "[7,11]", "a begins at byte 7 of the data, the tensor before it ends at 8: they overlap")]
    [InlineData("[8,12]", "[9,13]", "a begins at byte 9 of the data, the tensor before it ends at 8: there is a gap")]
    [InlineData("[8,12]", "[8,16]", "a: F16 [1, 2] needs 4 bytes, data_offsets give it 8")]
    [InlineData("[8,12]", "[12,8]", "a: data_offsets [12, 8] are no range of bytes")]
    [InlineData("[8,12]", "[8]", "a: data_offsets [8] are no range of bytes")]
    [InlineData("[8,12]", "[8,12.5]", "a: data_offsets must be a list of at most 8 whole numbers")]
    [InlineData("[8,12]", "[-4,0]", "a: data_offsets [-4, 0] are no range of bytes")]
    [InlineData("[1,2]", "[1,3]", "a: F16 [1, 3] needs 6 bytes, data_offsets give it 4")]
    [InlineData("[1,2]", "[-1,-2]", "is not that of a tensor")]
    [InlineData("[1,2]", "[4294967296,4294967296,0]", "is not that of a tensor")]
    [InlineData("[1,2]", "[1,1,1,1,1,1,1,1,2]", "a: shape must be a list of at most 8 whole numbers")]
    [InlineData("F16", "F8_E4M3", "a: element type F8_E4M3 is not read")]
    [InlineData("\"dtype\":\"F16\",", "", "a: expected an object with dtype, shape and data_offsets")]
    [InlineData("\"a\"", "\"b\"", "the header is no safetensors JSON")]
    [InlineData("\"pt\"", "1", "__metadata__ holds something other than texts")]
    [InlineData("}}", "}", "the header is no safetensors JSON")]
    public void A_header_with_one_thing_wrong_is_refused(string right, string wrong, string message)
    {
        string header = _valid;
        int at = header.LastIndexOf(right, StringComparison.Ordinal);
        header = header[..at] + wrong + header[(at + right.Length)..];
        Assert.Contains(message, Refusal(File(header, _elements)), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_and_trailing_bytes_are_refused()
    {
        byte[] whole = File(_valid, _elements);
        for (int length = 0; length < whole.Length; length++) Assert.StartsWith("m.st: ", Refusal(whole[..length]), StringComparison.Ordinal);
        Assert.Equal("m.st: the tensors end at byte 12 of the data, the file has 13; save the file again", Refusal([.. whole, 0]));
    }

    [Fact]
    public void An_absurd_header_length_is_refused()
    {
        byte[] whole = File(_valid, _elements);
        whole[7] = 0xFF;
        Assert.Contains("the header is said to have", Refusal(whole), StringComparison.Ordinal);
    }

    [Fact]
    public void A_published_file_is_read()
    {
        string path = SharedData.Path("models/silero-vad-lstm128/silero_vad_16k.safetensors");
        NamedTensors tensors = TensorContainer.Read(path);
        Assert.Equal(15, tensors.Names.Count);
        Assert.Equal([512, 128], tensors["lstm_cell.weight_hh"].Shape);
        // The header places final_conv.bias last.
        Assert.Equal(BinaryPrimitives.ReadSingleLittleEndian(System.IO.File.ReadAllBytes(path).AsSpan()[^4..]), tensors["final_conv.bias"].Data[0]);
    }
}
