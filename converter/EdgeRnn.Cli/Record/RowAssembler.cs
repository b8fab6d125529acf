using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Cli.Record;

/// <summary>
/// Rows out of a device's lines. What the columns are is believed when two lines in a row agree, or a row follows its header: a device that
/// starts prints text first. From then on a line that does not fit is a bad one.
/// </summary>
internal sealed class RowAssembler
{
    private readonly List<(IReadOnlyList<string> Values, long AtTicks)> _rows = [];
    private IReadOnlyList<string>? _header;
    private DeviceLine? _pending;
    private long _pendingTicks;
    private bool _isLabelled;

    /// <summary>An assembler.</summary>
    /// <param name="columns">What the columns are where the user says it; empty: the lines say it.</param>
    public RowAssembler(IReadOnlyList<string> columns)
    {
        Wanted = columns;
        if (IsFixed) _header = columns;
    }

    /// <summary>What the user says the columns are; empty: the lines say it.</summary>
    public IReadOnlyList<string> Wanted { get; }

    /// <summary>The columns, once they are known.</summary>
    public IReadOnlyList<string>? Columns { get; private set; }

    /// <summary>Lines in which there was no row.</summary>
    public int Bad { get; private set; }

    /// <summary>The last of them, shortened.</summary>
    public string LastBad { get; private set; } = "";

    /// <summary>Takes a line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="atTicks">When it came.</param>
    /// <returns>The rows that are complete now, oldest first: values as text, empty where one is missing. Valid until the next
    /// call.</returns>
    public IReadOnlyList<(IReadOnlyList<string> Values, long AtTicks)> Add(string text, long atTicks)
    {
        _rows.Clear();
        DeviceLine line = DeviceLine.Parse(text);
        if (line.Kind == DeviceLineKind.Blank) return _rows;
        if (line.Kind == DeviceLineKind.Bad || !(Columns == null ? Begin(line, atTicks) : Continue(line, atTicks)))
        {
            Drop(text);
            if (Columns == null) DropPending();
        }
        return _rows;
    }

    /// <summary>A single row that no second one has confirmed; for the end, where none will.</summary>
    public IReadOnlyList<(IReadOnlyList<string> Values, long AtTicks)> End()
    {
        _rows.Clear();
        if (Columns == null && _pending is { } only)
        {
            _pending = null;
            Settle(only);
            _rows.Add((only.Values, _pendingTicks));
        }
        return _rows;
    }

    private bool IsFixed => Wanted.Count > 0;

    private bool Begin(DeviceLine line, long atTicks)
    {
        if (line.Kind == DeviceLineKind.Header)
        {
            DropPending();
            if (!IsFixed) _header = line.Names;
            return !IsFixed || line.Names.SequenceEqual(_header!);
        }
        bool hasHeader = _header != null &&
            (line.Kind == DeviceLineKind.Plain ? line.Values.Count == _header.Count : IsFixed && line.Names.All(_header.Contains));
        if (IsFixed && !hasHeader) return false;
        if (!hasHeader && !(_pending is { } before && before.Kind == line.Kind && before.Values.Count == line.Values.Count &&
            before.Names.SequenceEqual(line.Names)))
        {
            DropPending();
            _pending = line;
            _pendingTicks = atTicks;
            return true;
        }
        DeviceLine? first = _pending;
        _pending = null;
        if (hasHeader) Settle(line, _header!);
        else Settle(line);
        if (first != null && !hasHeader) _rows.Add((first.Values, _pendingTicks));
        else if (first != null) Drop("a row before the header");
        return Continue(line, atTicks);
    }

    private bool Continue(DeviceLine line, long atTicks)
    {
        if (line.Kind == DeviceLineKind.Header) return line.Names.SequenceEqual(Columns!); // a device that has started again
        if (line.Kind == DeviceLineKind.Plain)
        {
            if (_isLabelled || line.Values.Count != Columns!.Count) return false;
            _rows.Add((line.Values, atTicks));
            return true;
        }
        if (!_isLabelled || !line.Names.All(Columns!.Contains)) return false;
        string[] values = new string[Columns!.Count];
        Array.Fill(values, "");
        for (int i = 0; i < line.Names.Count; i++) values[IndexOf(line.Names[i])] = line.Values[i];
        _rows.Add((values, atTicks));
        return true;
    }

    private void Settle(DeviceLine line) =>
        Settle(line, line.Kind == DeviceLineKind.Labelled
            ? line.Names
            : [.. Enumerable.Range(1, line.Values.Count).Select(number => $"channel{number}")]);

    private void Settle(DeviceLine line, IReadOnlyList<string> columns)
    {
        Columns = columns;
        _isLabelled = line.Kind == DeviceLineKind.Labelled;
    }

    private int IndexOf(string name)
    {
        int at = 0;
        while (Columns![at] != name) at++;
        return at;
    }

    private void DropPending()
    {
        if (_pending == null) return;
        _pending = null;
        Drop("a row that no other one agrees with");
    }

    private void Drop(string text)
    {
        Bad++;
        LastBad = text.Length <= 60 ? text : text[..60] + "...";
    }
}
