using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>Work on several files at a time. What one of them throws is thrown as it is, so that it stays one line for the user.</summary>
internal static class InParallel
{
    /// <summary>The results in the order of the items.</summary>
    /// <param name="items">What is worked on.</param>
    /// <param name="work">Item and index to result.</param>
    public static TResult[] Select<TItem, TResult>(IReadOnlyList<TItem> items, Func<TItem, int, TResult> work)
    {
        TResult[] results = new TResult[items.Count];
        try
        {
            Parallel.For(0, items.Count, i => results[i] = work(items[i], i));
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
        return results;
    }
}
