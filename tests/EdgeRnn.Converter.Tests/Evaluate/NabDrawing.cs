using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Evaluate;

namespace EdgeRnn.Converter.Tests.Evaluate;

/// <summary>Series of NAB drawn as text: w is a row in a window, a dot is one outside; windows do not touch.</summary>
internal static class NabDrawing
{
    public static NabFile File(string rows)
    {
        List<NabWindow> windows = [];
        for (int row = 0; row < rows.Length; row++)
        {
            if (rows[row] != 'w') continue;
            if (row == 0 || rows[row - 1] != 'w') windows.Add(new NabWindow(row, row));
            windows[^1] = windows[^1] with { Last = row };
        }
        return new NabFile("drawn", rows.Length, windows);
    }

    /// <summary>Detections where the text has an x.</summary>
    public static bool[] Detections(string rows) => [.. rows.Select(row => row == 'x')];
}
