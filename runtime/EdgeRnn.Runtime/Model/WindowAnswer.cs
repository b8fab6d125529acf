namespace EdgeRnn.Runtime;

/// <summary>What a window of a model without a decoder answers, and when.</summary>
public enum WindowAnswer
{
    /// <summary>The output of every step, at that step; the state starts anew with each window.</summary>
    EveryStep = 0,

    /// <summary>The output of the last step, once per window.</summary>
    LastStep = 1,

    /// <summary>The outputs of all steps in the order they were computed, at the end of the window.</summary>
    AllSteps = 2,

    /// <summary>The decoder's outputs in time order, once they are all computed.</summary>
    Decoder = 3,
}
