using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Text;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>
/// NumPy array files (.npy, format versions 1 to 3): float16/32/64, integers and bool, little-endian, C order. Described in
/// NumPy's documentation, "NPY format".
/// </summary>
public static class NpyFile
{
    private const int _alignment = 64;
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array; elements become float32 (64-bit floats and large integers are rounded).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConversionException">
    /// The file cannot be read, is damaged, or holds Fortran order, big-endian or other types.
    /// </exception>
    public static Tensor Read(string path) => Parse(SourceFile.Read(path, ContainerLimits.MaxFileBytes), path);

    /// <summary>Writes an array as version 1, little-endian float32 in C order, replacing an existing file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensor">What to write.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Tensor tensor)
    {
        string shape = string.Join(", ", tensor.Shape) + (tensor.Rank == 1 ? "," : "");
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}";
        int prefix = Magic.Length + 4;
        header = header.PadRight((prefix + header.Length) / _alignment * _alignment + _alignment - prefix - 1) + "\n";
        byte[] bytes = new byte[prefix + header.Length + tensor.Data.Length * sizeof(float)];
        Magic.CopyTo(bytes);
        bytes[Magic.Length] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Magic.Length + 2), (ushort)header.Length);
        Encoding.ASCII.GetBytes(header, bytes.AsSpan(prefix));
        Span<byte> elements = bytes.AsSpan(prefix + header.Length);
        for (int i = 0; i < tensor.Data.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(elements[(i * sizeof(float))..], tensor.Data[i]);
        File.WriteAllBytes(path, bytes);
    }

    internal static Tensor Parse(byte[] bytes, string source)
    {
        string where = SourceText.Show(source);
        int offset = HeaderOffset(bytes, where, out int headerLength);
        // Version 3 allows UTF-8 in field names, which plain arrays do not have.
        string text = Encoding.Latin1.GetString(bytes, offset, headerLength);
        NpyHeader header = NpyHeader.Parse(text, where);
        long count = ElementCount.Of(header.Shape, where);
        long expected = count * ElementTypes.SizeOf(header.Type);
        long found = bytes.Length - offset - headerLength;
        if (found != expected)
        {
            throw new ConversionException($"{where}: shape [{string.Join(", ", header.Shape)}] needs {expected} bytes of elements, " +
                $"the file has {found}; save the array again");
        }
        float[] elements = ElementTypes.ReadAll(bytes.AsSpan(offset + headerLength), header.Type, (int)count);
        return new Tensor(elements, Array.ConvertAll(header.Shape, size => (int)size));
    }

    private static int HeaderOffset(byte[] bytes, string where, out int headerLength)
    {
        if (bytes.Length < Magic.Length + 4 || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new ConversionException(
                $"{where}: not a NumPy array: expected a file that starts with \\x93NUMPY; save it with numpy.save");
        }
        int version = bytes[Magic.Length];
        if (version is < 1 or > 3)
            throw new ConversionException($"{where}: .npy format version {version}, expected 1, 2 or 3; save it with numpy.save");
        int offset = Magic.Length + (version == 1 ? 4 : 6);
        if (bytes.Length < offset) throw Truncated(where, offset, bytes.Length);
        ReadOnlySpan<byte> length = bytes.AsSpan(Magic.Length + 2);
        long declared = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (declared > bytes.Length - offset) throw Truncated(where, offset + declared, bytes.Length);
        headerLength = (int)declared;
        return offset;
    }

    private static ConversionException Truncated(string where, long expected, int found) => new(string.Create(
        CultureInfo.InvariantCulture, $"{where}: the header ends at byte {expected}, the file has {found}; save the array again"));
}
