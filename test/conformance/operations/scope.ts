// What every operation finds in its namespace: where the platform is, and two people who may call it.
import type {RunningPlatform} from "../../../lib/platform/index.js";

export interface Scope {
  base_url: string;
  user_email: string;
  api_key: string;
  /** Somebody else, to share things with. */
  other_email: string;
  other_key: string;
  /** A folder for files of the operations' own. */
  folder: string;
}

/** @param baseUrl where clients reach the platform, through a recorder */
export async function scopeOf(platform: RunningPlatform, baseUrl: string, folder: string): Promise<Scope> {
  const other = await platform.addUser("colleague@example.com");
  const {userEmail: user_email, apiKey: api_key} = platform;
  return {
    base_url: baseUrl,
    user_email,
    api_key,
    other_email: other.userEmail,
    other_key: other.apiKey,
    folder
  };
}

/**
 * The scope as Python, with what operations import. The client asks after a scheduled run every five seconds, and waits for
 * ninety when it removes a schedule: no wait takes longer than a second here.
 */
export const prelude = (scope: Scope) => `
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from unittest import mock
import pandas as pd
from ikigai import Ikigai
from ikigai.components import Schedule
from ikigai.utils import AppAccessLevel, CustomFacetAccessLevel
${Object.entries(scope)
  .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
  .join("\n")}
patient_sleep = time.sleep
time.sleep = lambda seconds: patient_sleep(min(seconds, 1))
ikigai = Ikigai(user_email=user_email, api_key=api_key, base_url=base_url)
other = Ikigai(user_email=other_email, api_key=other_key, base_url=base_url)
`;
