using System;
using System.Text;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>The checksum of whole runs against its definition, byte by byte.</summary>
public sealed class Crc32Tests
{
    private const int Seed = 20261124;

    [Fact]
    public void The_check_value_of_the_catalogue_comes_out() => Assert.Equal(0xCBF43926, Crc32.Compute(Encoding.ASCII.GetBytes("123456789"), 0, 9));

    [Fact]
    public void Runs_of_every_length_have_the_checksum_of_their_bytes()
    {
        byte[] data = new byte[1024];
        new Random(Seed).NextBytes(data);
        for (int length = 0; length <= 400; length++)
        {
            foreach (int offset in new[] { 0, 1, 7, 64, 600 })
                Assert.True(~Crc32.Add(Crc32.Start, data, offset, length) == Crc32.Compute(data, offset, length), $"seed {Seed}, {length} bytes from {offset}");
        }
    }

    [Fact]
    public void A_changed_bit_changes_the_checksum()
    {
        byte[] data = new byte[200];
        uint before = Crc32.Compute(data, 0, data.Length);
        for (int bit = 0; bit < 8 * data.Length; bit++)
        {
            data[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(before, Crc32.Compute(data, 0, data.Length));
            data[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }
}
