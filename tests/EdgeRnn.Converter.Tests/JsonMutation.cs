using System;
using System.Text;

namespace EdgeRnn.Tests;

/// <summary>Damages a JSON text in ways a careless edit or a hostile hand might.</summary>
internal static class JsonMutation
{
    private static readonly string[] _tokens =
    [
        "{", "}", "[", "]", ",", ":", "null", "true", "-1", "0", "2147483647", "1e999", "1e-999", "0.5", "\"\"", "\"\\ud800\"", "\"input\"",
        "\"tensor\"", "\"concat\"", "\"fill\"", "\"shape\"", "\"rows\"", "\"name\"", "\u0000", "\"gru\"", "[[[[[[[[", "1e6", "65536",
    ];

    /// <summary>One to three changes: a byte, a piece cut or doubled, a token put in or in place of a number.</summary>
    public static byte[] Apply(string valid, Random random)
    {
        StringBuilder text = new(valid);
        for (int change = random.Next(1, 4); change > 0 && text.Length > 8; change--)
        {
            int at = random.Next(text.Length), length = Math.Min(random.Next(1, 40), text.Length - at);
            switch (random.Next(5))
            {
                case 0: text[at] = (char)random.Next(1, 256); break;
                case 1: text.Remove(at, length); break;
                case 2: text.Insert(random.Next(text.Length), text.ToString(at, length)); break;
                case 3: text.Insert(at, _tokens[random.Next(_tokens.Length)]); break;
                default: ReplaceNumber(text, at, _tokens[random.Next(_tokens.Length)]); break;
            }
        }
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        return random.Next(20) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static void ReplaceNumber(StringBuilder text, int from, string token)
    {
        int at = from;
        while (at < text.Length && !char.IsAsciiDigit(text[at])) at++;
        int end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        text.Remove(at, end - at).Insert(at, token);
    }
}
