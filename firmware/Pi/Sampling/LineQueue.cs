using System;
using System.IO;
using System.Threading;

namespace EdgeRnn.Firmware.Pi;

/// <summary>
/// Lines for standard output, which may be slow: the loop's thread copies each into a slot made at creation, another thread writes them.
/// Where no slot is free the line is dropped and counted; the loop never waits.
/// </summary>
internal sealed class LineQueue : IReportSink, IDisposable
{
    private const int Slots = 1024;

    private readonly Stream _output;
    private readonly byte[][] _lines = new byte[Slots][];
    private readonly int[] _lengths = new int[Slots];
    private readonly SemaphoreSlim _ready = new(0);
    private readonly Thread _writer;
    private long _written;
    private long _taken;
    private long _dropped;
    private volatile bool _isEnding;

    /// <summary>A queue; its thread starts at once.</summary>
    /// <param name="output">Where lines go; not owned.</param>
    /// <param name="longest">Most bytes of a line; a longer one is dropped.</param>
    public LineQueue(Stream output, int longest)
    {
        _output = output;
        for (int i = 0; i < Slots; i++) _lines[i] = new byte[longest];
        _writer = new Thread(WriteLines) { IsBackground = true, Name = "edgernn lines" };
        _writer.Start();
    }

    /// <summary>Lines that were not written, because the output was too slow or is gone.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Whether nobody reads the output any more.</summary>
    public bool IsBroken { get; private set; }

    /// <inheritdoc/>
    public void Write(byte[] text, int count)
    {
        if (_written - Volatile.Read(ref _taken) >= Slots || count > _lines[0].Length)
        {
            Volatile.Write(ref _dropped, _dropped + 1);
            return;
        }
        int slot = (int)(_written % Slots);
        Array.Copy(text, _lines[slot], count);
        _lengths[slot] = count;
        Volatile.Write(ref _written, _written + 1);
        _ready.Release();
    }

    /// <summary>Writes what is left and ends the thread. Nobody may write any more.</summary>
    public void Dispose()
    {
        _isEnding = true;
        _ready.Release();
        _writer.Join();
        _ready.Dispose();
    }

    private void WriteLines()
    {
        while (true)
        {
            _ready.Wait();
            if (_taken >= Volatile.Read(ref _written))
            {
                if (_isEnding) return;
                continue;
            }
            int slot = (int)(_taken % Slots);
            try
            {
                if (!IsBroken) _output.Write(_lines[slot], 0, _lengths[slot]);
                if (!IsBroken && _taken + 1 >= Volatile.Read(ref _written)) _output.Flush();
            }
            catch (IOException)
            {
                IsBroken = true; // the reader of the pipe has gone; the service goes on
            }
            Volatile.Write(ref _taken, _taken + 1);
        }
    }
}
