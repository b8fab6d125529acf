using System;
using System.Threading;

namespace EdgeRnn.Cli.Monitor;

/// <summary>Where a monitored device's figures come from. What is lost is looked for again.</summary>
internal interface IMonitorSource : IDisposable
{
    /// <summary>serial, csv, stream or metrics.</summary>
    string Mode { get; }

    /// <summary>Whether nothing will ever come again, as from a pipe whose writer has ended.</summary>
    bool IsOver { get; }

    /// <summary>Takes what has come, or waits for it.</summary>
    /// <param name="session">Receives it.</param>
    /// <param name="wait">Longest wait.</param>
    /// <param name="interrupted">Ends the wait.</param>
    /// <exception cref="CommandException">What comes can never be used; one line.</exception>
    void Advance(MonitorSession session, TimeSpan wait, CancellationToken interrupted);

    /// <summary>What was expected and what was found, where nothing could be used until the end; one line.</summary>
    string Nothing(MonitorSession session);
}
