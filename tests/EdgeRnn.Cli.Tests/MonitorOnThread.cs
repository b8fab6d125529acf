using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace EdgeRnn.Cli.Tests;

/// <summary>A run of <c>edgernn monitor</c> beside the test, which sees what it writes while it writes it.</summary>
internal sealed class MonitorOnThread : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private readonly Watched _output = new();
    private readonly Task<int> _run;

    public MonitorOnThread(params string[] args)
    {
        _run = Task.Run(() => CommandLineApp.Run(["monitor", .. args], new Terminal(_output, _output)), TestContext.Current.CancellationToken);
    }

    public string Text => _output.ToString();

    public bool IsOver => _run.IsCompleted;

    public void Dispose() => _output.Dispose();

    /// <summary>Waits until a text has been written, or the run is over.</summary>
    public async Task<int> Shows(string text)
    {
        int at = await _output.Until(text).WaitAsync(_patience, TestContext.Current.CancellationToken);
        Assert.True(at >= 0);
        return at;
    }

    /// <summary>The exit code.</summary>
    public Task<int> Ends() => _run.WaitAsync(_patience, TestContext.Current.CancellationToken);

    private sealed class Watched : TextWriter
    {
        private readonly Lock _lock = new();
        private readonly StringBuilder _text = new();
        private string _awaited = "";
        private TaskCompletionSource<int>? _shown;

        public override Encoding Encoding => Encoding.UTF8;

        public Task<int> Until(string text)
        {
            lock (_lock)
            {
                _awaited = text;
                _shown = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
                Look();
                return _shown.Task;
            }
        }

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value)
        {
            lock (_lock)
            {
                _text.Append(value);
                if (_shown != null) Look();
            }
        }

        public override void WriteLine(string? value) => Write(value + "\n");

        public override string ToString()
        {
            lock (_lock) return _text.ToString();
        }

        private void Look()
        {
            int at = _text.ToString().IndexOf(_awaited, StringComparison.Ordinal);
            if (at >= 0) _shown!.TrySetResult(at);
        }
    }
}
