using System;

namespace EdgeRnn.Hardware;

// Refuses settings a device does not have, in one line.
internal static class SettingCheck
{
    // Where a value stands in the list of those there are.
    public static int OneOf(string setting, int found, int[] allowed)
    {
        for (int i = 0; i < allowed.Length; i++)
        {
            if (allowed[i] == found) return i;
        }
        string expected = allowed[0].ToString();
        for (int i = 1; i < allowed.Length; i++) expected += (i < allowed.Length - 1 ? ", " : " or ") + allowed[i].ToString();
        throw Refusal(setting, expected, found);
    }

    public static void InRange(string setting, int found, int least, int most)
    {
        if (found < least || found > most) throw Refusal(setting, least.ToString() + " to " + most.ToString(), found);
    }

    public static void Require(bool holds, string setting, string expected, int found)
    {
        if (!holds) throw Refusal(setting, expected, found);
    }

    public static void Require(bool holds, string setting, string expected, double found)
    {
        if (!holds) throw Refusal(setting, expected, ((float)found).ToString());
    }

    public static void Require(bool holds, string setting, string expected, string found)
    {
        if (!holds) throw Refusal(setting, expected, found);
    }

    public static ArgumentException Refusal(string setting, string expected, int found) => Refusal(setting, expected, found.ToString());

    public static ArgumentException Refusal(string setting, string expected, string found) =>
        new ArgumentException(setting + ": expected " + expected + ", found " + found);
}
