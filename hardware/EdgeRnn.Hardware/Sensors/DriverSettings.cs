using System;

namespace EdgeRnn.Hardware;

// Refuses a driver's setting in one line: what, expected, found.
internal static class DriverSettings
{
    public static void Require(bool holds, string name, string expected, string found)
    {
        if (!holds) throw new ArgumentException(name + ": expected " + expected + ", found " + found);
    }

    // The position of a value in a list of those that are possible.
    public static int IndexOf(int[] possible, int value, string name, string unit)
    {
        string listed = "";
        for (int i = 0; i < possible.Length; i++)
        {
            if (possible[i] == value) return i;
            listed += (i == 0 ? "" : i == possible.Length - 1 ? " or " : ", ") + possible[i].ToString();
        }
        throw new ArgumentException(name + ": expected " + listed + unit + ", found " + value.ToString());
    }
}
