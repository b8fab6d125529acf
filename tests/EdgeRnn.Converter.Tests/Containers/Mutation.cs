using System;

namespace EdgeRnn.Converter.Tests.Containers;

/// <summary>Damages a file in a few places, in ways parsers tend to fall over; the same seed gives the same damage.</summary>
internal static class Mutation
{
    private static readonly byte[] _telling = [0, 1, 0x7F, 0x80, 0xFF, (byte)'[', (byte)'{', (byte)'"', (byte)'-', (byte)'9', (byte)'('];

    public static byte[] Of(byte[] file, Random random)
    {
        byte[] mutant = [.. file];
        int changes = random.Next(1, 5);
        for (int i = 0; i < changes && mutant.Length > 8; i++) mutant = Change(mutant, random);
        return mutant;
    }

    private static byte[] Change(byte[] file, Random random)
    {
        int at = random.Next(file.Length), length = Math.Min(random.Next(1, 24), file.Length - at);
        switch (random.Next(7))
        {
            case 0:
                file[at] ^= (byte)(1 << random.Next(8));
                return file;
            case 1:
                file[at] = _telling[random.Next(_telling.Length)];
                return file;
            case 2:
                file.AsSpan(at, Math.Min(4, length)).Fill((byte)(random.Next(2) == 0 ? 0xFF : 0));
                return file;
            case 3:
                return file[..at];
            case 4:
                return [.. file[..at], .. file[(at + length)..]];
            case 5:
                return [.. file[..(at + length)], .. file[at..]];
            default:
                int from = random.Next(file.Length - length + 1);
                file.AsSpan(from, length).CopyTo(file.AsSpan(at, length));
                return file;
        }
    }
}
