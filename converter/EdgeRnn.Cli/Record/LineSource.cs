using System;
using System.Collections.Concurrent;
using System.IO;
using System.Text;
using System.Threading;

namespace EdgeRnn.Cli.Record;

/// <summary>A line that came in.</summary>
/// <param name="Text">Without its end; Latin-1, so that every byte is a character.</param>
/// <param name="AtTicks">When its end arrived, on the clock given to the source.</param>
internal readonly record struct ArrivedLine(string Text, long AtTicks);

/// <summary>
/// Lines of a stream that may wait for ever, read on a thread of their own and stamped as they come. A last line without an end is left
/// out: it may be half of one.
/// </summary>
internal sealed class LineSource : IDisposable
{
    /// <summary>Longer lines are cut: no sample is that long.</summary>
    public const int LongestLine = 4096;

    private const int _mostWaiting = 100_000;
    private const long _mostWaitingCharacters = 16 << 20;
    private static readonly TimeSpan _followPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _lastWait = TimeSpan.FromSeconds(2);

    private readonly Stream _stream;
    private readonly TimeProvider _time;
    private readonly bool _follows;
    private readonly bool _skipsFirst;
    private readonly int _longestLine;
    private readonly BlockingCollection<ArrivedLine> _lines = new(_mostWaiting);
    private readonly AutoResetEvent _taken = new(false);
    private readonly CancellationTokenSource _stop = new();
    private readonly StringBuilder _line = new();
    private long _waitingCharacters;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">Read to its end; not owned.</param>
    /// <param name="time">Stamps lines.</param>
    /// <param name="follows">Whether more may come after the end, as in a file that is being written.</param>
    /// <param name="skipsFirst">Whether reading begins in the middle of a line, as at a serial port.</param>
    /// <param name="longestLine">Longer lines are cut.</param>
    public LineSource(Stream stream, TimeProvider time, bool follows = false, bool skipsFirst = false, int longestLine = LongestLine)
    {
        _longestLine = longestLine;
        _stream = stream;
        _time = time;
        _follows = follows;
        _skipsFirst = skipsFirst;
        new Thread(Read) { IsBackground = true, Name = "edgernn lines" }.Start();
    }

    /// <summary>Why reading ended before the stream did, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether every line has been taken and no further one comes.</summary>
    public bool IsAtEnd => _lines.IsCompleted;

    /// <summary>The next line, as soon as there is one.</summary>
    /// <param name="line">The line.</param>
    /// <param name="wait">Longest wait.</param>
    /// <param name="interrupted">Ends the wait.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryTake(out ArrivedLine line, TimeSpan wait, CancellationToken interrupted)
    {
        try
        {
            return Took(_lines.TryTake(out line, (int)wait.TotalMilliseconds, interrupted), line);
        }
        catch (OperationCanceledException)
        {
            line = default;
            return false;
        }
    }

    /// <summary>What has come in and was not taken, after the writer of the stream was asked to end.</summary>
    /// <param name="line">The line.</param>
    /// <param name="waitsForEnd">Whether the stream ends now.</param>
    public bool TryTakeLast(out ArrivedLine line, bool waitsForEnd) =>
        Took(_lines.TryTake(out line, waitsForEnd ? _lastWait : TimeSpan.Zero), line);

    /// <inheritdoc/>
    public void Dispose() => _stop.Cancel(); // the thread may be in a read that never returns; it ends with the process

    private bool Took(bool isOne, ArrivedLine line)
    {
        if (!isOne) return false;
        Interlocked.Add(ref _waitingCharacters, -line.Text.Length);
        _taken.Set();
        return true;
    }

    // Whoever sends faster than lines are taken waits, however long its lines are.
    private void Add(string text)
    {
        long at = _time.GetTimestamp();
        while (Volatile.Read(ref _waitingCharacters) is > 0 and long waiting && waiting + text.Length > _mostWaitingCharacters)
        {
            WaitHandle.WaitAny([_taken, _stop.Token.WaitHandle]);
            _stop.Token.ThrowIfCancellationRequested();
        }
        Interlocked.Add(ref _waitingCharacters, text.Length);
        _lines.Add(new ArrivedLine(text, at), _stop.Token);
    }

    private void Read()
    {
        byte[] bytes = new byte[4096];
        bool isFirst = _skipsFirst;
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                int count = _stream.Read(bytes, 0, bytes.Length);
                if (count == 0)
                {
                    if (!_follows) break;
                    _stop.Token.WaitHandle.WaitOne(_followPause);
                    continue;
                }
                for (int i = 0; i < count; i++)
                {
                    if (bytes[i] != (byte)'\n')
                    {
                        if (_line.Length < _longestLine) _line.Append((char)bytes[i]);
                        continue;
                    }
                    if (!isFirst) Add(_line.ToString().TrimEnd('\r'));
                    isFirst = false;
                    _line.Clear();
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Failure = error.Message.TrimEnd('.');
        }
        catch (OperationCanceledException)
        {
            // Nobody takes lines any more.
        }
        _lines.CompleteAdding();
    }
}
