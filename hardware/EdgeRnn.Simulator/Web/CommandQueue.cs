using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;

namespace EdgeRnn.Simulator;

/// <summary>Brings commands from any thread to the one that may do them. Who sends one waits for its end, so there are few.</summary>
internal sealed class CommandQueue(Action wake)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<Waiting> _waiting = new();
    private volatile bool _isClosed;

    /// <summary>Has a command done and waits for it.</summary>
    /// <returns>What came of it, or one line why nothing did.</returns>
    public string? Send(LiveCommand command)
    {
        Task<string?> answer = Post(command);
        return answer.Wait(LongestWait) ? answer.Result : $"{command.Name}: the computer is busy; it is done as soon as it can";
    }

    /// <summary>Has a command done.</summary>
    /// <returns>What comes of it.</returns>
    public Task<string?> Post(LiveCommand command)
    {
        Waiting sent = new(command, new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting.Enqueue(sent);
        if (_isClosed) Close();
        wake();
        return sent.Answer.Task;
    }

    /// <summary>Does what waits, and answers it even where doing it throws. On the thread that may.</summary>
    /// <param name="act">Does a command; returns one line where it cannot.</param>
    public void Do(Func<LiveCommand, string?> act)
    {
        while (_waiting.TryDequeue(out Waiting? next))
        {
            string? answer = $"{next.Command.Name}: the simulation has failed; start it again";
            try
            {
                answer = act(next.Command);
            }
            finally
            {
                next.Answer.SetResult(answer); // whoever sent it waits, whatever became of it
            }
        }
    }

    /// <summary>Nobody does commands any more.</summary>
    public void Close()
    {
        _isClosed = true;
        Do(_ => "the simulation has ended; start it again");
    }

    private sealed record Waiting(LiveCommand Command, TaskCompletionSource<string?> Answer);
}
