using System.Collections.Generic;
using System.Text;

namespace EdgeRnn.Cli.Monitor;

/// <summary>A line of a CSV, taken apart.</summary>
internal static class CsvCells
{
    /// <summary>The cells, without the blanks around them; quotes hold a delimiter, two of them are one.</summary>
    public static string[] Of(string line, char delimiter)
    {
        List<string> cells = [];
        StringBuilder cell = new();
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[++i]);
            else if (line[i] == '"') isQuoted = !isQuoted;
            else if (line[i] != delimiter || isQuoted) cell.Append(line[i]);
            else
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
        }
        cells.Add(cell.ToString().Trim());
        return [.. cells];
    }
}
