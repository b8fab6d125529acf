namespace EdgeRnn.Simulator;

/// <summary>Does what a person asks for on a live page.</summary>
public interface ILiveControl
{
    /// <summary>
    /// Does a command. Called on any thread, several at a time; may wait for a short while until it is done, and does not throw.
    /// Recording is the feed's and does not come here.
    /// </summary>
    /// <param name="command">What is asked for. Its name is one of <see cref="LiveCommand.Names"/>; nothing else of it was checked.</param>
    /// <returns>Null where it was done; else one line that says why not.</returns>
    string? Do(LiveCommand command);
}
