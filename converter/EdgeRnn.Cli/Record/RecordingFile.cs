using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using EdgeRnn.Cli.Files;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Cli.Record;

/// <summary>
/// A CSV that grows row by row. Each row reaches the file in one write, so that whatever ends the program leaves whole rows; one that the
/// disk has no room for is taken back. The file is made with the first row.
/// </summary>
internal sealed class RecordingFile : IDisposable
{
    private readonly string _path;
    private readonly bool _replaces;
    private readonly double? _rateHz;
    private readonly TimeProvider _time;
    private FileStream? _stream;
    private IReadOnlyList<string> _columns = [];
    private bool _hasOwnTime;
    private long _firstTicks;
    private double _lastTime = double.NegativeInfinity;

    /// <summary>A file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="replaces">Whether a file of that name is replaced.</param>
    /// <param name="rateHz">Rows a second, for the time column; null: as they came.</param>
    /// <param name="time">The clock of the rows' arrival.</param>
    public RecordingFile(string path, bool replaces, double? rateHz, TimeProvider time)
    {
        _path = path;
        _replaces = replaces;
        _rateHz = rateHz;
        _time = time;
    }

    /// <summary>Rows so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Values that are missing in them.</summary>
    public int Missing { get; private set; }

    /// <summary>Times the device's own clock went back: it has started again.</summary>
    public int Restarts { get; private set; }

    /// <summary>The header, once there is a row.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>Adds a row.</summary>
    /// <param name="columns">The columns; the same at every call.</param>
    /// <param name="values">A text per column, empty where the value is missing.</param>
    /// <param name="atTicks">When it came.</param>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public void Add(IReadOnlyList<string> columns, IReadOnlyList<string> values, long atTicks)
    {
        StringBuilder text = new();
        if (_stream == null) Begin(columns, atTicks, text);
        if (_hasOwnTime) NoteTime(values[0]);
        else text.Append(TimeOf(atTicks)).Append(',');
        text.AppendJoin(',', values).Append('\n');
        Write(Encoding.ASCII.GetBytes(text.ToString()));
        for (int i = _hasOwnTime ? 1 : 0; i < _columns.Count; i++) Missing += values[i].Length == 0 ? 1 : 0;
        Rows++;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    private void Begin(IReadOnlyList<string> columns, long atTicks, StringBuilder text)
    {
        try
        {
            _stream = new FileStream(_path, _replaces ? FileMode.Create : FileMode.CreateNew, FileAccess.Write, FileShare.Read,
                bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{_path}: cannot be written: {FileErrors.Reason(error, _path)}; " +
                "choose another name, or add --force", error);
        }
        _columns = columns;
        _firstTicks = atTicks;
        _hasOwnTime = columns.Count > 1 && CsvColumns.IsTimeName(columns[0]);
        Header = _hasOwnTime ? columns : ["time", .. columns];
        text.AppendJoin(',', Header).Append('\n');
    }

    private string TimeOf(long atTicks)
    {
        double seconds = _rateHz is { } rate ? Rows / rate : _time.GetElapsedTime(_firstTicks, atTicks).TotalSeconds;
        return seconds.ToString("0.000000", CultureInfo.InvariantCulture);
    }

    private void NoteTime(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double time)) return;
        if (time < _lastTime) Restarts++;
        _lastTime = time;
    }

    private void Write(byte[] row)
    {
        long before = _stream!.Length;
        try
        {
            _stream.Write(row);
        }
        catch (IOException error)
        {
            _stream.SetLength(before);
            throw new CommandException($"{_path}: cannot be written any further: {error.Message.TrimEnd('.')}; " +
                $"its {Rows} rows are whole; make room and record on into another file", error);
        }
    }
}
